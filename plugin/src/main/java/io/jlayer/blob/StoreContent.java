// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.blob.StoreItem.Hold;
import io.jlayer.blob.StoreItem.Kind;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lies in a store, as far as it is of this floor: blobs, records, and drafts that are files. No link is followed, and
 * what has another form than the store gives it is passed over.
 */
public final class StoreContent {

    private final Path root;

    private StoreContent(Path root) {
        this.root = root;
    }

    /**
     * The store in a directory.
     *
     * @throws IOException if there is none
     */
    public static StoreContent of(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(Files.exists(root) ? "it is no directory" : "there is no such directory");
        }
        boolean used = Files.isRegularFile(root.resolve(StoreUsers.FILE), LinkOption.NOFOLLOW_LINKS)
                || isDirectory(root.resolve("records"));
        if (!used || !isDirectory(root.resolve("blobs").resolve("sha256")) || !isDirectory(root.resolve("tmp"))) {
            throw new IOException("it was not made by jlayer");
        }
        return new StoreContent(root.toRealPath());
    }

    /** Where it is, whatever links lead there. */
    public Path root() {
        return root;
    }

    /** Blobs; those that {@code needed} names stay. Reads the ones of which nobody saw that they are whole. */
    public List<StoreItem> blobs(Set<Digest> needed) throws IOException {
        List<StoreItem> blobs = new ArrayList<>();
        for (Path algorithm : list(root.resolve("blobs"))) {
            for (Path file : list(algorithm)) {
                Optional<Digest> digest = digest(algorithm, file);
                Optional<StoreFile.Look> look = StoreFile.Look.at(file);
                if (digest.isPresent() && look.isPresent()) {
                    blob(digest.get(), file, look.get(), needed).ifPresent(blobs::add);
                }
            }
        }
        return blobs;
    }

    /** Empty if somebody else removes it while it is read. */
    private static Optional<StoreItem> blob(Digest digest, Path file, StoreFile.Look look, Set<Digest> needed)
            throws IOException {
        try {
            if (!look.modified().equals(FileBlobStore.SEAL) && !FileBlobStore.isSound(file, digest)) {
                return Optional.of(new StoreFile(Kind.BLOBS, file, look, Optional.empty(), true));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Optional<Hold> hold = Optional.empty();
        if (needed.contains(digest)) {
            hold = Optional.of(Hold.TRIAL);
        } else if (look.links() > 1) {
            hold = Optional.of(Hold.LINKED);
        }
        return Optional.of(new StoreFile(Kind.BLOBS, file, look, hold, false));
    }

    private static Optional<Digest> digest(Path algorithm, Path file) {
        try {
            return Optional.of(Digest.of(name(algorithm), name(file)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Records of all kinds, also of those that only other versions know. */
    public List<StoreItem> records() throws IOException {
        List<StoreItem> records = new ArrayList<>();
        for (Path kind : list(root.resolve("records"))) {
            for (Path file : list(kind)) {
                Optional<StoreFile.Look> look = StoreFile.Look.at(file);
                if (look.isPresent() && digest(Path.of("sha256"), file).isPresent()) {
                    records.add(new StoreFile(Kind.RECORDS, file, look.get(), Optional.empty(), false));
                }
            }
        }
        return records;
    }

    /** Drafts that are files. */
    public List<StoreItem> drafts() throws IOException {
        List<StoreItem> drafts = new ArrayList<>();
        for (Path file : list(root.resolve("tmp"))) {
            Optional<StoreFile.Look> look = StoreFile.Look.at(file);
            if (look.isPresent()) {
                drafts.add(new StoreFile(Kind.DRAFTS, file, look.get(), Optional.empty(), false));
            }
        }
        return drafts;
    }

    /** Drafts that are directories. */
    public List<Path> draftTrees() throws IOException {
        List<Path> trees = new ArrayList<>();
        for (Path tree : list(root.resolve("tmp"))) {
            if (isDirectory(tree)) {
                trees.add(tree);
            }
        }
        return trees;
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String name(Path file) {
        return FileNames.text(file.getFileName());
    }

    /** What is in a directory; nothing if it is none itself. */
    private static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        if (!isDirectory(directory)) {
            return files;
        }
        try {
            files.addAll(Listing.of(directory).files());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return files;
        }
        files.sort(null);
        return files;
    }
}

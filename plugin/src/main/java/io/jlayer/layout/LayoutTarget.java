// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.FileBlobStore;
import io.jlayer.blob.FileState;
import io.jlayer.blob.FileStates;
import io.jlayer.blob.Listing;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes an image into an OCI image layout in a directory.
 *
 * <p>Blobs come from the store by hard link where the file system can do that, so they take no space; what is there
 * already is left alone. The index is replaced last, in one step, so that a reader finds either the image that was there
 * before or the new one.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">image-layout.md</a>
 */
public final class LayoutTarget implements ImageTarget {

    private final Path directory;
    private final FileBlobStore store;
    private final List<String> names;
    private final boolean alone;

    private LayoutTarget(Path directory, FileBlobStore store, List<String> names, boolean alone) {
        this.directory = directory;
        this.store = store;
        this.names = List.copyOf(names);
        this.alone = alone;
    }

    /** A layout that holds this image and nothing else: whatever it held before goes. */
    public static LayoutTarget holding(Path directory, FileBlobStore store, List<String> names) {
        return new LayoutTarget(directory, store, names, true);
    }

    /** A layout that may hold other images, which stay. */
    public static LayoutTarget among(Path directory, FileBlobStore store, List<String> names) {
        return new LayoutTarget(directory, store, names, false);
    }

    /** Whether a layout's index names this image; whether its blobs are there is not looked at. */
    public static boolean holds(Path directory, Descriptor root) {
        try {
            return LayoutIndex.read(directory).manifests().stream()
                    .anyMatch(there -> there.digest().equals(root.digest()));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * How the files of an image look in the layout that it was written to. That a blob of it gets another hard link, in
     * another layout, is no change.
     */
    public static FileStates states(Path directory, ImageDocuments image) throws IOException {
        FileStates states = FileStates.of(
                List.of(directory.resolve(LayoutIndex.MARK_FILE), directory.resolve(LayoutIndex.INDEX_FILE)));
        List<Descriptor> blobs = new ArrayList<>(image.layers().keySet());
        for (ImageDocuments.Document document : image.documents()) {
            blobs.add(document.descriptor());
        }
        for (Descriptor blob : blobs) {
            Path file = directory.resolve(LayoutIndex.blobPath(blob.digest()));
            states.add(
                    file.toAbsolutePath().normalize().toString(),
                    FileState.of(file).withoutChanged());
        }
        return states;
    }

    @Override
    public void write(ImageDocuments image) throws IOException {
        try {
            checkFree();
            Files.createDirectories(directory);
            try (LayoutLock lock = LayoutLock.of(directory)) {
                placeBlobs(image);
                LayoutIndex before = alone ? LayoutIndex.empty() : LayoutIndex.read(directory);
                lock.replace(
                        LayoutIndex.INDEX_FILE, before.with(image.root(), names).toBytes());
                if (alone) {
                    removeAllBut(image);
                }
            }
        } catch (IOException e) {
            throw new IOException("write image layout " + directory + ": " + e.getMessage(), e);
        }
    }

    private void placeBlobs(ImageDocuments image) throws IOException {
        PlacedBlobs blobs = new PlacedBlobs(directory, store);
        for (Map.Entry<Descriptor, Layer> layer : image.layers().entrySet()) {
            blobs.place(layer.getKey(), layer.getValue().blob());
        }
        for (ImageDocuments.Document document : image.documents()) {
            blobs.place(document.descriptor(), document.blob());
        }
    }

    /** Somebody else's directory is not to be littered; one of our own that lost its mark is mended. */
    private void checkFree() throws IOException {
        if (Files.exists(directory.resolve(LayoutIndex.MARK_FILE)) || !Files.exists(directory)) {
            return;
        }
        for (Path file : Listing.of(directory).files()) {
            String name = file.getFileName().toString();
            if (!name.equals("blobs") && !(alone && name.equals(LayoutIndex.INDEX_FILE))) {
                throw new IOException("it has files in it, as " + file.getFileName()
                        + ", and is no image layout; remove them, or name another directory");
            }
        }
    }

    /** What others put there that can be no blob stays, as what a Mac leaves in directories that it shows. */
    private void removeAllBut(ImageDocuments image) throws IOException {
        Set<Path> wanted = new HashSet<>();
        for (Descriptor layer : image.layers().keySet()) {
            wanted.add(place(layer));
        }
        for (ImageDocuments.Document document : image.documents()) {
            wanted.add(place(document.descriptor()));
        }
        for (Path algorithm : Listing.of(directory.resolve("blobs")).files()) {
            if (Files.isDirectory(algorithm, LinkOption.NOFOLLOW_LINKS)) {
                removeAllBut(wanted, algorithm);
            }
        }
    }

    private Path place(Descriptor blob) {
        return directory.resolve(LayoutIndex.blobPath(blob.digest()));
    }

    private static void removeAllBut(Set<Path> wanted, Path algorithm) throws IOException {
        for (Path blob : Listing.of(algorithm).files()) {
            if (!wanted.contains(blob) && !Files.isDirectory(blob, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(blob);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The one place on a user's disk that all of their projects share: blobs, and small records about them.
 *
 * <pre>
 * blobs/sha256/HEX       every blob once, read-only, named by its digest
 * records/KIND/HEX       what was learnt about content, named by the digest of the question
 * tmp/                   drafts; nothing in it is ever read by another process
 * users                  empty; its locks tell who works with the store, see {@link StoreUsers}
 * </pre>
 *
 * <p>Safe for many threads and processes at once: everything is written under a name of its own and renamed when whole,
 * and equal names mean equal bytes, so that it does not matter who is first. The directory is for its owner alone (0700),
 * since it may hold what a private registry gave.
 *
 * <p>What is used while a store is open is not removed by others until it is closed. Closing frees nothing else.
 */
public final class Store implements AutoCloseable {

    /** What is older than this in {@code tmp/} was left behind by a process that was killed. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final FileBlobStore blobs;
    private final StoreUsers users;
    private boolean closed;

    private Store(Path root, FileBlobStore blobs, StoreUsers users) {
        this.root = root;
        this.blobs = blobs;
        this.users = users;
    }

    /**
     * Opens the store at {@code root}, making it if it is not there.
     *
     * @throws IOException if the directory cannot be made or written
     */
    public static Store open(Path root) throws IOException {
        PrivateFiles.createDirectory(root);
        Path tmp = Files.createDirectories(root.resolve("tmp"));
        removeAbandoned(tmp);
        Path sha256 = Files.createDirectories(root.resolve("blobs").resolve("sha256"));
        StoreUsers users = StoreUsers.of(root);
        users.enter();
        return new Store(root, new FileBlobStore(sha256, tmp, users), users);
    }

    /** The blobs. */
    public FileBlobStore blobs() {
        return blobs;
    }

    /** Records of one kind; the kind's name is a directory's name and should carry a version of its form. */
    public Records records(String kind) {
        return new Records(root.resolve("records").resolve(kind), root.resolve("tmp"));
    }

    /** A place for a file that is needed for a while; the prefix tells people what for. */
    public DraftFile draftFile(String prefix) {
        return DraftFile.in(root.resolve("tmp"), prefix);
    }

    /** A place for files that are needed for a while; the prefix tells people what for. */
    public DraftDirectory draftDirectory(String prefix) throws IOException {
        return DraftDirectory.in(root.resolve("tmp"), prefix);
    }

    /** Where the store is. */
    public Path root() {
        return root;
    }

    private static void removeAbandoned(Path tmp) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(ABANDONED));
        for (Path draft : Listing.of(tmp).files()) {
            if (PrivateFiles.abandonedBefore(draft, limit)) {
                removeIfOwn(draft);
            }
        }
    }

    private static void removeIfOwn(Path draft) {
        try {
            DraftDirectory.remove(draft);
        } catch (IOException e) {
            return; // of another owner within: for pruning
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            users.leave();
        }
    }

    /** A name for a record, made from the parts of a question; no part can run into the next. */
    public static Digest key(String... parts) {
        StringBuilder question = new StringBuilder();
        for (String part : parts) {
            question.append(part.length()).append(':').append(part).append('\n');
        }
        return Digest.sha256(question.toString());
    }
}

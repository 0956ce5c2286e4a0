// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.FileBytes;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileState;
import io.jlayer.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bytes of a file of this machine. It is looked at once; from then on it must stay as it is, and reading fails if it
 * did not. Safe for many threads.
 */
public final class LocalFile implements FileContent {

    private final Path path;
    private final FileDigests digests;
    private volatile FileDigests.Known known;

    public LocalFile(Path path, FileDigests digests) {
        this.path = path;
        this.digests = digests;
    }

    @Override
    public long size() throws IOException {
        return known == null ? Files.size(path) : known.state().size();
    }

    @Override
    public Digest digest() throws IOException {
        return known().digest();
    }

    /** Whether the file was looked at in the last build or in this one; it may have changed since. */
    public boolean isRemembered() {
        return known != null || digests.isRemembered(path);
    }

    private FileDigests.Known known() throws IOException {
        if (known == null) {
            known = digests.of(path);
        }
        return known;
    }

    @Override
    public InputStream open() throws IOException {
        return new Unchanging(FileBytes.open(path), path, known().state());
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Looks at the file again at its end. */
    private static final class Unchanging extends FilterInputStream {

        private final Path path;
        private final FileState state;

        Unchanging(InputStream in, Path path, FileState state) {
            super(in);
            this.path = path;
            this.state = state;
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return checked(super.read(bytes, offset, length));
        }

        private int checked(int read) throws IOException {
            if (read < 0 && !FileState.of(path).equals(state)) {
                throw new IOException("read " + path + ": it changed since the build began");
            }
            return read;
        }
    }
}

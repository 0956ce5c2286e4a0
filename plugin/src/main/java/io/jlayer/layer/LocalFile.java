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
    /** What an earlier look at it gave; null if there was none. */
    private final FileState looked;

    private volatile FileDigests.Known known;

    public LocalFile(Path path, FileDigests digests) {
        this(path, digests, null);
    }

    /** A file that was found to look so in this build. */
    public LocalFile(Path path, FileDigests digests, FileState looked) {
        this.path = path;
        this.digests = digests;
        this.looked = looked;
    }

    @Override
    public long size() throws IOException {
        return known == null ? Files.size(path) : known.state().size();
    }

    @Override
    public Digest digest() throws IOException {
        return known().digest();
    }

    /** Looks at the file, unless that was done; whether it need not be read for its digest. */
    public boolean isKnown() throws IOException {
        if (known == null) {
            known = digests.find(path, look()).orElse(null);
        }
        return known != null;
    }

    private FileDigests.Known known() throws IOException {
        if (known == null) {
            known = digests.of(path, look());
        }
        return known;
    }

    private FileState look() throws IOException {
        return looked == null ? FileState.of(path) : looked;
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

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.DraftFile;
import io.jlayer.blob.Store;
import io.jlayer.image.RawImage;
import io.jlayer.layer.Decompression;
import io.jlayer.tar.TarArchive;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A tar in which an image lies. One that is packed as a whole is unpacked to a draft in the store first, which closing
 * removes.
 */
final class ArchiveFile implements Closeable {

    private final Path original;
    private final Optional<DraftFile> unpacked;

    private ArchiveFile(Path original, Optional<DraftFile> unpacked) {
        this.original = original;
        this.unpacked = unpacked;
    }

    static ArchiveFile of(Path file, Store store) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException(
                        file + " is a directory and no archive; is it an image layout (oci:) or a root file"
                                + " system (rootfs:)?");
            }
            if (!Decompression.isPacked(() -> Files.newInputStream(file))) {
                return new ArchiveFile(file, Optional.empty());
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
        DraftFile tar = store.draftFile("archive-");
        try (InputStream in = Decompression.open(Files.newInputStream(file))) {
            Files.copy(in, tar.path());
            return new ArchiveFile(file, Optional.of(tar));
        } catch (IOException e) {
            tar.close();
            throw new IOException("read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Finds an image in an archive. */
    interface Opening {
        RawImage in(ArchiveFile archive) throws IOException;
    }

    /** An image in an archive that is closed with it, and at once if it is not there. */
    static RawImage open(Path file, Store store, Opening opening) throws IOException {
        ArchiveFile archive = of(file, store);
        try {
            return opening.in(archive);
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** What the user called it. */
    String name() {
        return original.toString();
    }

    /** Whether the bytes go when this is closed. */
    boolean isTemporary() {
        return unpacked.isPresent();
    }

    TarArchive open() throws IOException {
        return TarArchive.open(unpacked.isPresent() ? unpacked.get().path() : original);
    }

    /** Opens one file in it, independently of all others. */
    InputStream open(String name) throws IOException {
        TarArchive archive = open();
        try {
            return new FilterInputStream(archive.open(name)) {
                @Override
                public void close() throws IOException {
                    archive.close();
                }
            };
        } catch (IOException e) {
            archive.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (unpacked.isPresent()) {
            unpacked.get().close();
        }
    }
}

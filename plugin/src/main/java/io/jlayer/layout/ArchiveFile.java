// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.layer.Decompression;
import io.jlayer.tar.TarArchive;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A tar in which an image lies. One that is packed as a whole is unpacked to a temporary file first, which closing
 * removes.
 */
final class ArchiveFile implements Closeable {

    private final Path original;
    private final Path tar;

    private ArchiveFile(Path original, Path tar) {
        this.original = original;
        this.tar = tar;
    }

    static ArchiveFile of(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException(
                        file + " is a directory and no archive; is it an image layout (oci:) or a root file"
                                + " system (rootfs:)?");
            }
            if (!Decompression.isPacked(() -> Files.newInputStream(file))) {
                return new ArchiveFile(file, file);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
        Path tar = Files.createTempFile("jlayer-", ".tar");
        ArchiveFile archive = new ArchiveFile(file, tar);
        try (InputStream in = Decompression.open(Files.newInputStream(file))) {
            Files.copy(in, tar, StandardCopyOption.REPLACE_EXISTING);
            return archive;
        } catch (IOException e) {
            archive.close();
            throw new IOException("read " + file + ": " + e.getMessage(), e);
        }
    }

    /** What the user called it. */
    String name() {
        return original.toString();
    }

    /** Whether the bytes go when this is closed. */
    boolean isTemporary() {
        return !original.equals(tar);
    }

    TarArchive open() throws IOException {
        return TarArchive.open(tar);
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
        if (isTemporary()) {
            Files.deleteIfExists(tar);
        }
    }
}

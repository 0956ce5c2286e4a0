// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileNames;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * A tar on a disk, not packed, whose files can be read in any order. Only its headers are read when it is opened.
 *
 * <p>Names are given without {@code ./} in front; where a name is there twice, the last one counts, as if unpacked. For
 * one thread.
 */
public final class TarArchive implements Closeable {

    private final Path file;
    private final TarFile tar;
    private final SortedMap<String, TarArchiveEntry> entries = new TreeMap<>();

    private TarArchive(Path file, TarFile tar) {
        this.file = file;
        this.tar = tar;
        for (TarArchiveEntry entry : tar.getEntries()) {
            entries.put(normal(entry.getName()), entry);
        }
    }

    /**
     * Opens a tar.
     *
     * @throws IOException if it is not there, cut off or broken
     */
    public static TarArchive open(Path file) throws IOException {
        try {
            return new TarArchive(file, new TarFile(file, UTF_8.name()));
        } catch (IllegalArgumentException e) {
            throw new IOException("read " + file + ": it is no tar archive: " + e.getMessage(), e);
        }
    }

    /** Whether there is a file of this name. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** The length of a file in bytes. */
    public long size(String name) throws IOException {
        return required(name).getSize();
    }

    /** Opens a file's bytes, which the archive must outlive. */
    public InputStream open(String name) throws IOException {
        return tar.getInputStream(required(name));
    }

    /** Reads a small file. */
    public byte[] read(String name, int limit) throws IOException {
        if (size(name) > limit) {
            throw new IOException("read " + file + ": " + name + " has " + size(name) + " bytes, more than " + limit);
        }
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private TarArchiveEntry required(String name) throws IOException {
        TarArchiveEntry entry = find(name);
        if (entry == null) {
            throw new FileNotFoundException("read " + file + ": there is no " + name + " in it");
        }
        return entry;
    }

    /** The file itself, where the name is that of a link to it: older archives of images share layers so. */
    private TarArchiveEntry find(String name) {
        TarArchiveEntry entry = entries.get(normal(name));
        for (int links = 0; entry != null && links < 8 && (entry.isSymbolicLink() || entry.isLink()); links++) {
            String target = entry.isLink() ? entry.getLinkName() : beside(entry.getName(), entry.getLinkName());
            entry = entries.get(normal(target));
        }
        return entry != null && entry.isFile() && !entry.isSymbolicLink() && !entry.isLink() ? entry : null;
    }

    private static String beside(String name, String target) {
        try {
            Path directory = FileNames.of("/" + name).getParent();
            return directory == null
                    ? target
                    : FileNames.text(FileNames.resolve(directory, target).normalize())
                            .substring(1);
        } catch (InvalidPathException e) {
            return ""; // no file can have that name, so there is none
        }
    }

    private static String normal(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}

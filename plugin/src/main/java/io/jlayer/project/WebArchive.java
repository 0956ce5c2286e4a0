// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.blob.FileBytes;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.FileState;
import io.jlayer.error.UserError;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.LocalFile;
import io.jlayer.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files of a war. Which there are, the archive says; their bytes are taken from where they were packed from, which
 * spares unpacking them, and can be remembered, and else from the archive.
 */
public final class WebArchive {

    private final SortedMap<String, FileContent> files = new TreeMap<>();
    private final List<String> directories = new ArrayList<>();
    private final String mainClass;

    private WebArchive(String mainClass) {
        this.mainClass = mainClass;
    }

    /**
     * Reads the names.
     *
     * @throws UserError if it is no archive
     */
    public static WebArchive open(WebApplication application, FileDigests digests) throws IOException {
        Path archive = application.archive();
        digests.watch(archive);
        FileState state = FileState.of(archive);
        try (JarFile zip = new JarFile(archive.toFile(), false)) {
            WebArchive read = new WebArchive(mainClass(zip.getManifest()));
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.isDirectory()) {
                    read.directories.add(entry.getName());
                } else {
                    FileContent packed = new Packed(archive, state, entry.getName(), entry.getSize());
                    read.files.put(entry.getName(), content(application, entry, packed, digests));
                }
            }
            if (read.files.isEmpty()) {
                throw new ZipException("it holds no file"); // as maven-war-plugin leaves it when it fails
            }
            return read;
        } catch (ZipException e) {
            throw new UserError(
                    "it is not a war, or only part of one: " + e.getMessage(),
                    archive.toString(),
                    "package it again: mvn clean package",
                    e);
        }
    }

    private static FileContent content(
            WebApplication application, ZipEntry entry, FileContent packed, FileDigests digests) throws IOException {
        Path exploded = FileNames.resolve(application.exploded(), entry.getName());
        if (!exploded.normalize().startsWith(application.exploded())
                || !Files.isRegularFile(exploded)
                || Files.size(exploded) != entry.getSize()) {
            return packed;
        }
        return sum(exploded) == entry.getCrc() ? new LocalFile(exploded, digests) : packed;
    }

    private static long sum(Path file) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(FileBytes.open(file), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return sum.getValue();
    }

    private static String mainClass(Manifest manifest) {
        String name = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        return name == null ? "" : name.strip();
    }

    /** By their names in the archive. */
    public SortedMap<String, FileContent> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /** Those that the archive names, with a slash behind. */
    public List<String> directories() {
        return List.copyOf(directories);
    }

    /** Whether {@code java -jar} could start it: what its manifest names is where a class loader finds it. */
    public boolean canBeStarted() {
        return files.containsKey(mainClass.replace('.', '/') + ".class");
    }

    /** What its manifest names; may be empty. */
    public String mainClass() {
        return mainClass;
    }

    /** A file that lies in the archive alone. */
    private static final class Packed implements FileContent {

        private final Path archive;
        private final FileState state;
        private final String name;
        private final long size;
        private Digest digest;

        Packed(Path archive, FileState state, String name, long size) {
            this.archive = archive;
            this.state = state;
            this.name = name;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public synchronized Digest digest() throws IOException {
            if (digest == null) {
                try (InputStream in = open()) {
                    digest = Digest.sha256(in, new byte[1 << 16]);
                }
            }
            return digest;
        }

        @Override
        public InputStream open() throws IOException {
            ZipFile zip = new ZipFile(archive.toFile());
            if (!FileState.of(archive).equals(state)) {
                zip.close();
                throw new IOException("read " + archive + ": it changed since the build began");
            }
            return new FilterInputStream(zip.getInputStream(zip.getEntry(name))) {
                @Override
                public void close() throws IOException {
                    try (zip) {
                        super.close();
                    }
                }
            };
        }
    }
}

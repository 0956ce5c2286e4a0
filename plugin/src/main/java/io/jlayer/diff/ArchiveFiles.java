// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.blob.DraftName;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerReader;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** What jars within layers hold, going by their own directories: nothing in them is unpacked. */
final class ArchiveFiles {

    /**
     * A file in an archive.
     *
     * @param size bytes, unpacked
     * @param crc the CRC-32 of its bytes
     */
    record Content(long size, long crc) {}

    private final Path directory;

    /** {@code directory} is where a jar lies while it is looked into. */
    ArchiveFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * What those of a layer's files hold that are archives; others are left out.
     *
     * @param wanted by their numbers in the layer's tar, with the digests of their bytes
     */
    Map<Digest, SortedMap<String, Content>> read(Layer layer, Map<Integer, Digest> wanted) throws IOException {
        Map<Digest, SortedMap<String, Content>> found = new HashMap<>();
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            int number = 0;
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                Digest digest = wanted.get(number++);
                if (digest != null) {
                    contents(reader).ifPresent(those -> found.put(digest, those));
                }
            }
            reader.verify(layer.diffId());
        }
        return found;
    }

    private Optional<SortedMap<String, Content>> contents(LayerReader reader) throws IOException {
        Path file = DraftName.beside(directory.resolve("archive"));
        try {
            Files.copy(reader.content(), file);
            return Optional.of(contents(file));
        } catch (ZipException | IllegalArgumentException e) {
            return Optional.empty(); // it only has the name of an archive
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static SortedMap<String, Content> contents(Path file) throws IOException {
        SortedMap<String, Content> contents = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    contents.put(entry.getName(), new Content(entry.getSize(), entry.getCrc()));
                }
            }
        }
        return contents;
    }
}

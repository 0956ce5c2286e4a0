// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.blob.BlobDraft;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a module of the project's own as a jar whose bytes follow from its classes and resources alone.
 *
 * <p>The same module reaches an image as a jar that was just made, as one from the local repository, or as a directory of
 * classes, and its jar carries the time and the JDK of its making. So it is written anew: entries sorted, times fixed, the
 * builder's name left out of the manifest, {@code META-INF/maven} left out. Entries are stored, not deflated: the layer is
 * packed as a whole, which gives less, and classes load faster.
 */
public final class ModuleJar {

    private static final MediaType JAR = new MediaType("application/java-archive");
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** What can be opened; the bytes are read twice, since a stored entry's checksum goes before it. */
    interface Entry {
        InputStream open() throws IOException;
    }

    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private boolean signed;

    /** Adds a file, by its name in the jar; names that do not matter to a running program are passed over. */
    void add(String name, Entry entry) {
        signed |= SIGNATURE.matcher(name.toUpperCase(Locale.ROOT)).matches();
        if (!name.startsWith("META-INF/maven/") && !name.equals("META-INF/INDEX.LIST")) {
            entries.put(name, entry);
        }
    }

    /** Whether the jar is signed, and so must stay as it is. */
    boolean isSigned() {
        return signed;
    }

    /** Writes the jar into the store. */
    Descriptor write(BlobDraft draft) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(draft);
        zip.setMethod(ZipOutputStream.STORED);
        byte[] manifest = manifest();
        entries.put(MANIFEST, () -> new ByteArrayInputStream(manifest));
        addDirectories();
        // What reads a jar as a stream wants the manifest first.
        writeEntry(zip, "META-INF/", InputStream::nullInputStream);
        writeEntry(zip, MANIFEST, entries.get(MANIFEST));
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!entry.getKey().equals(MANIFEST) && !entry.getKey().equals("META-INF/")) {
                writeEntry(zip, entry.getKey(), entry.getValue());
            }
        }
        zip.finish();
        return draft.commit(JAR);
    }

    private byte[] manifest() throws IOException {
        Entry original = entries.get(MANIFEST);
        if (original == null) {
            return JarManifest.EMPTY.clone();
        }
        try (InputStream in = original.open()) {
            return JarManifest.withoutBuilder(in);
        }
    }

    /** Frameworks that scan packages ask for them as directories. */
    private void addDirectories() {
        for (String name : entries.keySet().toArray(String[]::new)) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                entries.putIfAbsent(name.substring(0, slash + 1), InputStream::nullInputStream);
            }
        }
    }

    private static void writeEntry(ZipOutputStream zip, String name, Entry content) throws IOException {
        CRC32 crc = new CRC32();
        long size;
        try (InputStream in = new CheckedInputStream(content.open(), crc)) {
            size = in.transferTo(OutputStream.nullOutputStream());
        }
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(FIXED_TIME);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        try (InputStream in = content.open()) {
            in.transferTo(zip);
        }
        zip.closeEntry();
    }
}

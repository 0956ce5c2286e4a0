// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tar entries for tests, and archives of them in memory. */
final class Entries {

    private Entries() {}

    static TarEntry file(String name, long size) {
        return new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, size, 1, "");
    }

    static TarEntry directory(String name) {
        return new TarEntry(name, TarEntry.Type.DIRECTORY, 0755, 0, 0, 0, 1, "");
    }

    static TarEntry symlink(String name, String target) {
        return new TarEntry(name, TarEntry.Type.SYMLINK, 0777, 0, 0, 0, 1, target);
    }

    static TarEntry hardLink(String name, String target) {
        return new TarEntry(name, TarEntry.Type.HARD_LINK, 0644, 0, 0, 0, 1, target);
    }

    static TarEntry with(TarEntry entry, long uid, long gid, long mtime, Map<String, String> xattrs) {
        SortedMap<String, XattrValue> sorted = new TreeMap<>();
        xattrs.forEach((name, value) -> sorted.put(name, XattrValue.of(value)));
        return new TarEntry(
                entry.name(),
                entry.type(),
                entry.mode(),
                uid,
                gid,
                entry.size(),
                mtime,
                entry.linkName(),
                0,
                0,
                sorted);
    }

    static byte[] archive(TarEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (TarEntry entry : entries) {
                tar.begin(entry);
                tar.content().write("x".repeat((int) entry.size()).getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** All entries of an archive with their bytes, in its order. */
    static Map<TarEntry, String> read(byte[] archive) throws IOException {
        Map<TarEntry, String> entries = new LinkedHashMap<>();
        try (TarReader tar = new TarReader(new ByteArrayInputStream(archive))) {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                entries.put(entry.get(), new String(tar.content().readAllBytes(), UTF_8));
            }
        }
        return entries;
    }
}

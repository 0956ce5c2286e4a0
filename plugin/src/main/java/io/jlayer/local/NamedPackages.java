// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.layer.LocalFile;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The {@link PlatformNames} of all of a project's classes, remembered class by class: after a change only the changed
 * classes are read.
 *
 * <p>The record has a line for each class: its digest, then what it names, separated by blanks.
 */
final class NamedPackages {

    private static final String KIND = "jdk-packages-v1";

    private final Records records;

    NamedPackages(Store store) {
        this.records = store.records(KIND);
    }

    SortedSet<String> of(JdkApplication application) throws IOException {
        Digest key = Store.key(application.directories().stream()
                .map(directory -> directory.toAbsolutePath().normalize().toString())
                .toArray(String[]::new));
        Map<String, String> before = remembered(key);
        Map<String, String> now = new TreeMap<>();
        for (LocalFile file : application.classFiles()) {
            String digest = file.digest().hex();
            String names = before.get(digest);
            now.put(digest, names == null ? read(file) : names);
        }
        if (!now.equals(before)) {
            remember(key, now);
        }
        SortedSet<String> all = new TreeSet<>();
        for (String names : new TreeSet<>(now.values())) {
            all.addAll(List.of(names.split(" ", -1)));
        }
        all.remove("");
        return all;
    }

    private static String read(LocalFile file) throws IOException {
        try (InputStream in = file.open()) {
            return String.join(" ", PlatformNames.of(in.readAllBytes()));
        } catch (IOException e) {
            throw new IOException("read " + file + ": " + e.getMessage(), e);
        }
    }

    private Map<String, String> remembered(Digest key) throws IOException {
        Map<String, String> lines = new HashMap<>();
        Optional<byte[]> record = records.read(key);
        if (record.isPresent()) {
            for (String line : new String(record.get(), UTF_8).split("\n", -1)) {
                int blank = line.indexOf(' ');
                lines.put(line.substring(0, Math.max(blank, 0)), line.substring(blank + 1));
            }
        }
        return lines;
    }

    private void remember(Digest key, Map<String, String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach((digest, names) -> text.append(text.isEmpty() ? "" : "\n")
                .append(digest)
                .append(' ')
                .append(names));
        records.write(key, text.toString().getBytes(UTF_8));
    }
}

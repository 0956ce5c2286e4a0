// SPDX-License-Identifier: Apache-2.0
package io.jlayer.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.Metadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A thousand files of some kilobytes that pack about as well as classes do; the same each time. */
final class Files1000 {

    private static final int COUNT = 1000;
    private static final int WORDS = 500;

    private Files1000() {}

    static List<byte[]> contents() {
        Random random = new Random(6);
        List<byte[]> contents = new ArrayList<>();
        for (int file = 0; file < COUNT; file++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < WORDS; word++) {
                text.append(Integer.toString(random.nextInt(5000), 36)).append(random.nextInt(9) == 0 ? '\n' : ' ');
            }
            contents.add(text.toString().getBytes(UTF_8));
        }
        return contents;
    }

    /** A layer of them. */
    static LayerSpec layer() {
        List<FileEntry> entries = new ArrayList<>();
        for (byte[] content : contents()) {
            LayerPath path = LayerPath.of("/app/part" + entries.size() / 50 + "/File" + entries.size());
            entries.add(new FileEntry.Regular(path, Metadata.FILE, FileContent.of(content)));
        }
        return new LayerSpec("files", entries);
    }

    /** Removes a directory with all that is in it. */
    static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

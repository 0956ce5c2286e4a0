// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.MemoryStore;
import io.jlayer.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A fixed layer, and its digests as a program of its own, to be run on any Java. */
final class GoldenLayer {

    private GoldenLayer() {}

    public static void main(String[] args) throws IOException {
        Path jar = Files.write(Files.createTempFile("golden", ".jar"), jar());
        try (Workers workers = new Workers(2)) {
            for (String name : List.of("none", "gzip", "zstd")) {
                Layer layer = new LayerWriter(new MemoryStore(), Compression.named(name), workers).write(spec(jar));
                System.out.println(
                        name + " " + layer.diffId() + " " + layer.descriptor().digest());
            }
        } finally {
            Files.delete(jar);
        }
    }

    /** Packed and unpacked stretches in turn, which the writer packs with different zeal. */
    private static byte[] jar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            Random random = new Random(2027);
            for (int number = 0; number < 300; number++) {
                ZipEntry entry = new ZipEntry("some/package/in/a/jar/Class" + number + ".class");
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                byte[] content = new byte[random.nextInt(9000)];
                for (int at = 0; at < content.length; at++) {
                    content[at] = (byte) random.nextInt(20);
                }
                zip.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private static LayerSpec spec(Path jar) {
        byte[] noise = new byte[700_000];
        new Random(2026).nextBytes(noise);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 40_000; line++) {
            text.append("line ").append(line * 7919 % 1009).append(" of a text that packs well\n");
        }
        List<FileEntry> entries = new ArrayList<>(Trees.random(2026, 50));
        entries.add(file("golden/noise", noise));
        entries.add(file("golden/text", text.toString().getBytes(UTF_8)));
        entries.add(new FileEntry.Regular(LayerPath.of("golden/app.jar"), Metadata.FILE, new OnDisk(jar)));
        entries.add(new FileEntry.OpaqueWhiteout(LayerPath.of("golden")));
        return new LayerSpec("golden", entries);
    }

    private static FileEntry file(String path, byte[] bytes) {
        return new FileEntry.Regular(LayerPath.of(path), Metadata.FILE, FileContent.of(bytes));
    }

    private record OnDisk(Path path) implements FileContent {

        @Override
        public long size() throws IOException {
            return Files.size(path);
        }

        @Override
        public Digest digest() {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }

        @Override
        public Optional<Path> file() {
            return Optional.of(path);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobStore;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Small layers for tests: built entry by entry, well formed or as a hostile archive would be. */
public final class TestLayers {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of(
            "sh",
            "ls",
            "cat",
            "echo",
            "id",
            "env",
            "pwd",
            "sleep",
            "true",
            "touch",
            "rm",
            "mkdir",
            "mount",
            "ps",
            "hostname",
            "ln",
            "chmod",
            "chown",
            "stat",
            "kill",
            "trap",
            "nc",
            "httpd",
            "wget",
            "dd",
            "mv",
            "grep",
            "ip",
            "tr");

    private TestLayers() {}

    public static boolean haveBusybox() {
        return Files.isExecutable(BUSYBOX);
    }

    /** A root with busybox, two users and a /tmp. */
    public static List<FileEntry> busybox() {
        List<FileEntry> entries = new ArrayList<>();
        for (String name : List.of("bin", "etc", "home", "home/ada", "usr", "var")) {
            entries.add(directory(name, 0755, 0));
        }
        entries.add(new FileEntry.Directory(LayerPath.of("tmp"), Metadata.of(01777, 0, 0)));
        try {
            entries.add(file("bin/busybox", 0755, FileContent.of(Files.readAllBytes(BUSYBOX))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String applet : APPLETS) {
            entries.add(new FileEntry.Symlink(LayerPath.of("bin/" + applet), Metadata.FILE, "busybox"));
        }
        entries.add(text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nada:x:33:44:Ada:/home/ada:/bin/sh\n"));
        entries.add(text("etc/group", "root:x:0:\nada:x:44:\nmusic:x:55:ada\n"));
        entries.add(text("etc/greeting", "from the image\n"));
        entries.add(file("bin/script", 0755, FileContent.of("#! /bin/python -u\n".getBytes(UTF_8))));
        return entries;
    }

    public static FileEntry text(String path, String text) {
        return file(path, 0644, FileContent.of(text.getBytes(UTF_8)));
    }

    public static FileEntry file(String path, int mode, FileContent content) {
        return new FileEntry.Regular(LayerPath.of(path), Metadata.of(mode, 0, 0), content);
    }

    public static FileEntry directory(String path, int mode, long owner) {
        return new FileEntry.Directory(LayerPath.of(path), Metadata.of(mode, owner, owner));
    }

    /** A layer as jlayer writes them. */
    public static Layer layer(BlobStore store, List<FileEntry> entries) throws IOException {
        try (Workers workers = new Workers(1)) {
            return new LayerWriter(store, Compression.NONE, workers).write(new LayerSpec("test", entries));
        }
    }

    /** A layer of raw entries, with {@code text} in every file, in the order given. */
    public static Layer raw(List<TarEntry> entries, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (TarEntry entry : entries) {
                tar.begin(entry);
                if (entry.size() > 0) {
                    tar.content().write(text.getBytes(UTF_8));
                }
            }
        }
        byte[] tar = bytes.toByteArray();
        Descriptor descriptor = Descriptor.of(MediaType.LAYER_TAR, tar);
        return new Layer(new DiffId(Digest.sha256(tar)), descriptor, Blob.of(tar), OptionalLong.of(tar.length));
    }

    public static TarEntry entry(String name, TarEntry.Type type, String link, long size) {
        return new TarEntry(name, type, type == TarEntry.Type.DIRECTORY ? 0755 : 0644, 0, 0, size, 1, link);
    }
}

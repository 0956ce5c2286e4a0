// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BlobDraft;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.FileState;
import io.jlayer.blob.Listing;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.LocalFile;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The modules of the project's own in their normal form (see {@link ModuleJar}), made once for equal content. */
public final class ModuleJars {

    private final Store store;
    private final FileDigests digests;
    private final Records records;

    public ModuleJars(Store store, FileDigests digests) {
        this.store = store;
        this.digests = digests;
        this.records = store.records("module-jars-v2");
    }

    /** The module in its normal form; {@code artifact} is a jar or a directory of classes. */
    public FileContent normal(Path artifact) throws IOException {
        return Files.isDirectory(artifact) ? ofDirectory(artifact) : ofJar(artifact);
    }

    private FileContent ofJar(Path jar) throws IOException {
        FileState before = digests.of(jar).state();
        LocalFile file = new LocalFile(jar, digests);
        Optional<FileContent> known = known(file.digest());
        if (known.isPresent()) {
            return known.get();
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ModuleJar normal = new ModuleJar();
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    normal.add(entry.getName(), () -> zip.getInputStream(entry));
                }
            }
            return normal.isSigned() ? file : made(file.digest(), normal, () -> checkUnchanged(jar, before));
        } catch (ZipException e) {
            throw new UserError(
                    "it is not a jar, or only part of one: " + e.getMessage(),
                    jar.toString(),
                    "package that module again: mvn clean package at the root",
                    e);
        }
    }

    private FileContent ofDirectory(Path directory) throws IOException {
        Path classes = directory.toRealPath(); // a walk does not go through a link that it starts at
        ModuleJar normal = new ModuleJar();
        StringBuilder content = new StringBuilder();
        for (Path file : regularFiles(classes)) {
            String name = FileNames.below(classes, file).replace('\\', '/');
            LocalFile local = new LocalFile(file, digests);
            content.append(name).append('\0').append(local.digest()).append('\0');
            normal.add(name, local::open);
        }
        Digest key = Store.key("directory", content.toString());
        Optional<FileContent> known = known(key);
        return known.isPresent() ? known.get() : made(key, normal, () -> {});
    }

    /** Files by their names in the jar, under that manifest; in the same form. */
    public FileContent ofFiles(SortedMap<String, FileContent> files, byte[] manifest) throws IOException {
        ModuleJar normal = new ModuleJar();
        StringBuilder content = new StringBuilder();
        for (Map.Entry<String, FileContent> file : files.entrySet()) {
            FileContent each = file.getValue();
            content.append(file.getKey()).append('\0').append(each.digest()).append('\0');
            normal.add(file.getKey(), each::open);
        }
        normal.add(ModuleJar.MANIFEST, () -> new ByteArrayInputStream(manifest));
        Digest key = Store.key("files", content.append(Digest.sha256(manifest)).toString());
        Optional<FileContent> known = known(key);
        return known.isPresent() ? known.get() : made(key, normal, () -> {});
    }

    private List<Path> regularFiles(Path directory) throws IOException {
        List<Path> regular = new ArrayList<>();
        for (Path file : Listing.below(directory)) {
            if (Files.isRegularFile(file)) {
                regular.add(file);
            } else {
                digests.watch(file);
            }
        }
        return regular;
    }

    private static void checkUnchanged(Path jar, FileState before) throws IOException {
        if (!FileState.of(jar).equals(before)) {
            throw new IOException("read " + jar + ": it changed while it was being read");
        }
    }

    /** What has to hold before anything is remembered. */
    private interface Check {
        void run() throws IOException;
    }

    private FileContent made(Digest key, ModuleJar normal, Check check) throws IOException {
        try (BlobDraft draft = store.blobs().draft()) {
            Descriptor descriptor = normal.write(draft);
            check.run();
            records.write(
                    key,
                    (descriptor.mediaType() + " " + descriptor.digest() + " " + descriptor.size()).getBytes(UTF_8));
            return new Stored(store, descriptor);
        }
    }

    private Optional<FileContent> known(Digest key) throws IOException {
        Optional<byte[]> record = records.read(key);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        String[] words = new String(record.get(), UTF_8).split(" ", -1);
        Descriptor descriptor =
                new Descriptor(new MediaType(words[0]), Digest.parse(words[1]), Long.parseLong(words[2]));
        return store.blobs().contains(descriptor.digest())
                ? Optional.of(new Stored(store, descriptor))
                : Optional.empty();
    }

    /** A jar in the store. */
    private record Stored(Store store, Descriptor descriptor) implements FileContent {

        @Override
        public long size() {
            return descriptor.size();
        }

        @Override
        public Digest digest() {
            return descriptor.digest();
        }

        @Override
        public InputStream open() throws IOException {
            return store.blobs().get(descriptor.digest()).open();
        }

        @Override
        public Optional<Path> file() {
            return Optional.of(store.blobs().file(descriptor.digest()));
        }
    }
}

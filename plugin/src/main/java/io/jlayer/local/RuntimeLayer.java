// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerRecords;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The layer with the Java runtime, and what that needs from the system; linked once for equal JDKs and modules, then
 * remembered.
 */
final class RuntimeLayer {

    /** Where Eclipse Temurin's images have theirs. */
    static final LayerPath HOME = LayerPath.of("opt/java/openjdk");

    /** Raised whenever equal runtimes give another layer or other needs. */
    private static final String VERSION = "1";

    private static final String KIND = "jdk-runtimes-v2";
    private static final String NEEDS_KIND = "jdk-needs-v3";

    /**
     * A layer and what it needs.
     *
     * @param layer with {@link #HOME} and nothing else
     * @param needs what has to be below it
     */
    record Made(Layer layer, RuntimeNeeds needs) {}

    private final Store store;
    private final Compression compression;
    private final LayerRecords layers;
    private final Records needs;

    RuntimeLayer(Store store, Compression compression) {
        this.store = store;
        this.compression = compression;
        this.layers = new LayerRecords(store.records(KIND), store.blobs());
        this.needs = store.records(NEEDS_KIND);
    }

    Made of(Jdk jdk, Set<String> modules) throws IOException {
        Digest key = Store.key(
                VERSION,
                LayerRecords.KIND,
                compression.algorithm().name() + compression.level(),
                jdk.identity().toString(),
                String.join(" ", LinkedRuntime.options(jdk, modules)));
        Optional<Layer> layer = layers.find(key);
        Optional<byte[]> known = needs.read(key);
        if (layer.isPresent() && known.isPresent()) {
            return new Made(layer.get(), RuntimeNeeds.ofBytes(known.get()));
        }
        try (LinkedRuntime linked = LinkedRuntime.link(jdk, modules, store);
                Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            boolean shippedTrust = ShippedTrust.in(linked, jdk);
            RuntimeNeeds found = linked.needs(!shippedTrust);
            LayerSpec spec = new LayerSpec("java runtime", entries(linked, shippedTrust));
            Layer made = new LayerWriter(store.blobs(), compression, workers).write(spec);
            needs.write(key, found.toBytes());
            layers.remember(key, made);
            return new Made(made, found);
        }
    }

    private static List<FileEntry> entries(LinkedRuntime linked, boolean shippedTrust) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        for (LayerPath parent = HOME; !parent.isRoot(); parent = parent.parent()) {
            entries.add(new FileEntry.Directory(parent, Metadata.DIRECTORY));
        }
        for (Path file : linked.files()) {
            String below = FileNames.below(linked.root(), file);
            if (shippedTrust || !below.equals(Jdk.CA_CERTS)) {
                entries.add(entry(linked, file, HOME.resolve(below)));
            }
        }
        if (!shippedTrust) {
            entries.add(SystemFiles.link(HOME.resolve(Jdk.CA_CERTS), SystemFiles.JAVA_TRUST));
        }
        return entries;
    }

    private static FileEntry entry(LinkedRuntime linked, Path file, LayerPath path) throws IOException {
        if (Files.isSymbolicLink(file)) {
            Path target = Files.readSymbolicLink(file);
            if (target.isAbsolute() || !file.resolveSibling(target).normalize().startsWith(linked.root())) {
                throw new IOException("read the linked runtime: "
                        + linked.root().relativize(file) + " leads out of it, to " + target);
            }
            return new FileEntry.Symlink(path, Metadata.FILE, FileNames.target(file));
        } else if (Files.isDirectory(file)) {
            return new FileEntry.Directory(path, Metadata.DIRECTORY);
        }
        // The owner's bit alone: jlink's other bits depend on the umask.
        boolean program = Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
        Metadata metadata = program ? Metadata.FILE.withMode(0755) : Metadata.FILE;
        return new FileEntry.Regular(path, metadata, new PlainFile(file));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects what the layer below a Java runtime holds: the fixed files of a small system, and of the host its libraries, the
 * locale {@code C.UTF-8}, the zone UTC, and its distribution's certificates.
 */
final class SystemContent {

    private static final String LOCALE = "usr/lib/locale/C.utf8";
    private static final String UTC = "usr/share/zoneinfo/Etc/UTC";

    private final Path root;
    private final Map<LayerPath, FileEntry> entries = new TreeMap<>();
    private final Set<Path> inputs = new LinkedHashSet<>();

    private SystemContent(Path root) {
        this.root = root;
    }

    /** {@code root} is where the host's file system begins. */
    static SystemContent collect(Path root, RuntimeNeeds needs) throws IOException {
        SystemContent content = new SystemContent(root);
        SystemFiles.entries().forEach(content::put);
        content.addLibraries(needs);
        content.addLocale();
        content.addFile(root.resolve(UTC), LayerPath.of(UTC));
        content.addCertificates(needs);
        return content;
    }

    /** Every directory on the way to a file is among them. */
    List<FileEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** All on the host whose change could change the entries. */
    Set<Path> inputs() {
        return inputs;
    }

    private void put(FileEntry entry) {
        for (LayerPath parent = entry.path().parent(); !parent.isRoot(); parent = parent.parent()) {
            entries.putIfAbsent(parent, new FileEntry.Directory(parent, Metadata.DIRECTORY));
        }
        entries.put(entry.path(), entry);
    }

    private void addLibraries(RuntimeNeeds needs) throws IOException {
        HostLibraries libraries = HostLibraries.find(root, needs);
        inputs.addAll(libraries.inputs());
        LayerPath directory = merged(root.relativize(libraries.mainDirectory()).toString());
        // Under the names that programs ask for, so that the links from those to versions are not needed.
        libraries
                .files()
                .forEach((name, file) -> put(new FileEntry.Regular(
                        directory.resolve(name), Metadata.FILE.withMode(0755), new PlainFile(file))));
        LayerPath loader = merged(needs.interpreter());
        if (!entries.containsKey(directory.resolve(loader.name()))) {
            throw new IOException("find the loader " + needs.interpreter() + " on this machine: it is not among the "
                    + "libraries that the Java runtime needs");
        }
        if (!loader.parent().equals(directory)) {
            put(SystemFiles.link(loader, directory.resolve(loader.name())));
        }
        String first = LayerPath.of(needs.interpreter()).value().replaceFirst("/.*", "");
        if (!first.equals("usr")) {
            put(SystemFiles.link(first, "usr/" + first));
        }
    }

    /** Where a path leads once {@code /lib} and its like are links to the same in {@code /usr}. */
    private static LayerPath merged(String path) {
        LayerPath plain = LayerPath.of(path);
        return LayerPath.of("usr").contains(plain) ? plain : LayerPath.of("usr").resolve(plain);
    }

    private void addLocale() throws IOException {
        Path directory = root.resolve(LOCALE);
        inputs.add(directory);
        if (!Files.isDirectory(directory)) {
            return;
        }
        for (Path file : Listing.below(directory)) {
            addFile(file, LayerPath.of(LOCALE).resolve(FileNames.below(directory, file)));
        }
    }

    private void addFile(Path file, LayerPath path) {
        inputs.add(file);
        if (Files.isRegularFile(file)) {
            put(new FileEntry.Regular(path, Metadata.FILE, new PlainFile(file)));
        }
    }

    private void addCertificates(RuntimeNeeds needs) throws IOException {
        DistributionCertificates certificates = DistributionCertificates.of(root);
        inputs.addAll(certificates.inputs());
        put(new FileEntry.Regular(SystemFiles.TRUST, Metadata.FILE, FileContent.of(certificates.bundle())));
        if (needs.certificates()) {
            byte[] store = TrustStore.jks(certificates.byHash());
            put(new FileEntry.Regular(SystemFiles.JAVA_TRUST, Metadata.FILE, FileContent.of(store)));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileDigests;
import io.jlayer.transport.TransportName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the files that a base comes of, as far as a look at them tells that it is still the same. */
final class BaseWatch {

    private final Path directory;
    private final FileDigests digests;

    /** Relative paths are read from {@code directory}; {@code digests} watches what is found. */
    BaseWatch(Path directory, FileDigests digests) {
        this.directory = directory;
        this.digests = digests;
    }

    /**
     * Watches the base's files, before anything of them is read; false if that cannot tell all: a tag in a registry may mean
     * something else tomorrow, and a directory says too little of what is in it.
     */
    boolean watch(String base) throws IOException {
        TransportName from = TransportName.parse(base, "<from>");
        return switch (from.transport()) {
            case "scratch", "jdk" -> true; // jdk: watches by itself
            case TransportName.REGISTRY -> from.reference().digest().isPresent();
            case "docker-daemon", "containers-storage" ->
                from.engineName("<from>").isPinned();
            case "oci" -> isFile(from.place(directory).path().resolve("index.json"));
            case "oci-archive", "docker-archive", "rootfs" ->
                isFile(from.place(directory).path());
            default -> false;
        };
    }

    private boolean isFile(Path file) throws IOException {
        digests.watch(file);
        return Files.isRegularFile(file);
    }
}

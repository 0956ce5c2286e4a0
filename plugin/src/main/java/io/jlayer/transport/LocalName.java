// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.FileNames;
import io.jlayer.error.UserError;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Notices a file or directory whose name was given without a transport: by itself that is an image in a registry, which
 * would be looked for in vain.
 *
 * @param directory what relative paths are relative to
 */
public record LocalName(Path directory) {

    /**
     * Looks whether a name that means an image in a registry is one of an archive or a layout here; whoever means the
     * registry all the same writes {@code docker://}.
     *
     * @param where it was set
     * @throws UserError if so, with what to write
     */
    void check(String text, TransportName name, String where) {
        if (!name.isRegistry() || text.contains("://")) {
            return;
        }
        Path path;
        try {
            path = FileNames.resolve(directory, name.rest());
        } catch (InvalidPathException e) {
            return;
        }
        if (isArchive(name.rest()) && Files.isRegularFile(path)) {
            throw named(
                    name,
                    where,
                    "docker-archive:" + name + " if docker save wrote it, oci-archive:" + name
                            + " if it is an OCI layout, rootfs:" + name + " if it is a root file system");
        } else if (Files.isRegularFile(path.resolve("oci-layout"))) {
            throw named(name, where, "oci:" + name);
        }
    }

    /** Whether it ends as archives do. */
    public static boolean isArchive(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains(".tar") || lower.endsWith(".tgz");
    }

    private static UserError named(TransportName name, String where, String write) {
        return new UserError(
                "'" + name + "' is here on this machine, but by this name it is looked for in a registry",
                where,
                "write " + write + "; if the registry's is meant, docker://" + name);
    }
}

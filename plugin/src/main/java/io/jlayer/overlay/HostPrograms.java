// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds this machine's own programs, by absolute path, so that no image and no relative PATH can put others in their place. */
public final class HostPrograms {

    /** The only PATH that programs of this machine are started with here. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private HostPrograms() {}

    /** The program's absolute path, if it is installed. */
    public static Optional<Path> find(String name) {
        String own = System.getenv("PATH");
        for (String path : List.of(PATH, own == null ? "" : own)) {
            for (String directory : path.split(":", -1)) {
                Path program = FileNames.of(directory + "/" + name);
                if (directory.startsWith("/") && Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The program's absolute path.
     *
     * @throws IOException saying what to install if it is not there
     */
    public static String require(String name) throws IOException {
        return find(name)
                .map(Path::toString)
                .orElseThrow(() -> new IOException(
                        "the program '" + name + "' is not installed: install it (" + packageOf(name) + ")"));
    }

    private static String packageOf(String name) {
        return switch (name) {
            case "newuidmap", "newgidmap" -> "package uidmap or shadow-utils";
            case "unshare", "setpriv", "mount", "nsenter" -> "package util-linux";
            case "pasta" -> "package passt";
            case "sh" -> "a POSIX shell";
            default -> "package " + (name.equals("mknod") || name.equals("env") ? "coreutils" : name);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who runs this process, and which ids that user may hand on. */
public final class ThisUser {

    private ThisUser() {}

    public static long uid() throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    public static long gid() throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid"));
    }

    public static Optional<SubordinateIds> uids() throws IOException {
        return SubordinateIds.read(Path.of("/etc/subuid"), System.getProperty("user.name", ""), uid(), uid());
    }

    public static Optional<SubordinateIds> gids() throws IOException {
        return SubordinateIds.read(Path.of("/etc/subgid"), System.getProperty("user.name", ""), uid(), gid());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the id maps of a user namespace that a child of this process has just made. */
final class IdMapping {

    private static final int LOOKS = 5000;

    private IdMapping() {}

    static void write(Process process, SubordinateIds uids, SubordinateIds gids) throws IOException {
        awaitNamespace(process);
        map("newuidmap", process, uids);
        map("newgidmap", process, gids);
    }

    /** The maps can be written only once the child has its own namespace, of which nothing tells us but looking. */
    private static void awaitNamespace(Process process) throws IOException {
        Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/user"));
        Path link = Path.of("/proc", Long.toString(process.pid()), "ns", "user");
        for (int i = 0; i < LOOKS && process.isAlive(); i++) {
            if (!own.equals(namespace(link, own))) {
                return;
            }
            pause();
        }
        throw new IOException("make a user namespace: unshare did not make one");
    }

    private static Path namespace(Path link, Path own) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return own; // not to be read while the process changes its ids
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("make a user namespace: interrupted", e);
        }
    }

    private static void map(String program, Process process, SubordinateIds ids) throws IOException {
        HostCommand.run(List.of(
                HostPrograms.require(program),
                Long.toString(process.pid()),
                "0",
                Long.toString(ids.own()),
                "1",
                "1",
                Long.toString(ids.first()),
                Long.toString(ids.count())));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the id maps of a user namespace that a child of this process has just made. */
final class IdMapping {

    private static final int LOOKS = 50_000;

    private IdMapping() {}

    static void write(Process process, SubordinateIds uids, SubordinateIds gids) throws IOException {
        String both = map("newuidmap", process, uids) + " & " + map("newgidmap", process, gids) + " && wait $!";
        awaitNamespace(process);
        HostCommand.run(List.of(HostPrograms.require("sh"), "-c", both));
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
            Thread.sleep(0, 200_000);
        } catch (InterruptedException e) {
            throw Interruption.of("make a user namespace", e);
        }
    }

    private static String map(String program, Process process, SubordinateIds ids) throws IOException {
        return "'" + HostPrograms.require(program).replace("'", "'\\''") + "' " + process.pid() + " 0 " + ids.own()
                + " 1 1 " + ids.first() + " " + ids.count();
    }
}

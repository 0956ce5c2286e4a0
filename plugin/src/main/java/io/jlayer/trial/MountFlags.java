// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The flags of a mount that a user may not take away when it is mounted once more elsewhere. */
final class MountFlags {

    private static final List<String> KEPT = List.of("nosuid", "nodev", "noexec", "noatime", "nodiratime");

    private MountFlags() {}

    /** The flags of the file system that {@code path} is on, each with a comma in front. */
    static String of(Path path) throws IOException {
        Path real = path.toRealPath();
        String flags = "";
        int longest = -1;
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String[] parts = line.split(" ", -1);
            Path point = FileNames.of(unescape(parts[4]));
            // Of mounts at one place the later one is seen.
            if (real.startsWith(point) && point.getNameCount() >= longest) {
                longest = point.getNameCount();
                flags = parts[5];
            }
        }
        StringBuilder kept = new StringBuilder();
        for (String flag : List.of(flags.split(",", -1))) {
            if (KEPT.contains(flag)) {
                kept.append(',').append(flag);
            }
        }
        return kept.toString();
    }

    private static String unescape(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether the machine was started anew: what was not synced before may be lost then, in part. */
final class ThisBoot {

    /** Which machine this is: others may use the same store. */
    static final String MACHINE = read(Path.of("/etc/machine-id"));

    /** The kernel's name for the time since it was started; empty where it tells none. */
    static final String ID = read(Path.of("/proc/sys/kernel/random/boot_id"));

    private ThisBoot() {}

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}

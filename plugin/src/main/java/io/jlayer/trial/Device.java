// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A device that every program may expect in its /dev.
 *
 * @param name there
 * @param major its first number; all are of the character kind
 * @param minor its second number
 */
record Device(String name, int major, int minor) {

    static final List<Device> ALL = List.of(
            new Device("null", 1, 3),
            new Device("zero", 1, 5),
            new Device("full", 1, 7),
            new Device("random", 1, 8),
            new Device("urandom", 1, 9),
            new Device("tty", 5, 0));

    /** A shell's command that makes them in the directory where it is, in place of what is there. */
    static String commands() {
        return ALL.stream()
                .map(device -> "rm -f " + device.name + " && mknod -m 666 " + device.name + " c " + device.major + " "
                        + device.minor)
                .collect(Collectors.joining(" && "));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.oci.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One start of a machine: what was not synced before may be lost then, in part.
 *
 * @param machine which one, as others may use the same store; empty in most containers, which tells nothing
 * @param id the kernel's name for the time since it was started; empty where it tells none
 */
record Boot(String machine, String id) {

    /** The one in which this runs. */
    static final Boot THIS =
            new Boot(read(Path.of("/etc/machine-id")), read(Path.of("/proc/sys/kernel/random/boot_id")));

    /** What {@link #toJson} gave; what is missing is empty. */
    static Boot from(JsonObject json) {
        return new Boot(json.text("machine").orElse(""), json.text("boot").orElse(""));
    }

    JsonObject toJson() {
        return JsonObject.EMPTY.with("machine", machine).with("boot", id);
    }

    /** Whether what was written in {@code other} is whole: since this start, or by a machine of which nothing else is known. */
    boolean trusts(Boot other) {
        boolean another = !machine.isEmpty() && !other.machine.isEmpty() && !machine.equals(other.machine);
        return another || id.equals(other.id);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}

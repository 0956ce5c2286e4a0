// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.oci.Digest;
import java.time.Instant;
import java.util.List;

/**
 * A trial that is running or was kept.
 *
 * @param name by which it is resumed or removed
 * @param running whether it runs now
 * @param kept whether what it wrote stays when it ends
 * @param pid the process that started it last
 * @param created when it was first started
 * @param command what it ran last
 * @param lowestFirst the layers that it lies on, packed, as a build shows them
 * @param size bytes that were written, of regular files
 */
public record TrialRecord(
        String name,
        boolean running,
        boolean kept,
        long pid,
        Instant created,
        List<String> command,
        List<Digest> lowestFirst,
        long size) {

    public TrialRecord {
        command = List.copyOf(command);
        lowestFirst = List.copyOf(lowestFirst);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.oci.ChainId;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What must stay in a store for its trials: those that run, and those that were kept to go on with.
 *
 * @param blobs layers as they are packed
 * @param layers layers as they are unpacked, by the names of their directories
 */
public record TrialNeeds(SortedSet<Digest> blobs, SortedSet<String> layers) {

    /** Of the trials below a directory. Nobody can go on with one whose record is damaged. */
    static TrialNeeds of(Path root) throws IOException {
        TrialNeeds needs = new TrialNeeds(new TreeSet<>(), new TreeSet<>());
        for (Path trial : TrialDirectory.all(root)) {
            try {
                needs.add(TrialDirectory.record(trial));
            } catch (IOException | IllegalArgumentException e) {
                boolean damaged = !(e instanceof IOException) || e.getCause() instanceof IllegalArgumentException;
                if (!damaged) {
                    throw e;
                }
            }
        }
        return needs;
    }

    private void add(JsonObject record) {
        record.texts("digests").forEach(digest -> blobs.add(Digest.parse(digest)));
        List<DiffId> lowestFirst =
                record.texts("diffIds").stream().map(DiffId::parse).toList();
        for (int i = 0; i < lowestFirst.size(); i++) {
            layers.add(lowestFirst.get(i).digest().hex());
            layers.add("chain-"
                    + ChainId.of(lowestFirst.subList(0, i + 1)).digest().hex());
        }
    }
}

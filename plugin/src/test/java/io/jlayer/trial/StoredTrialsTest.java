// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.StoreItem;
import io.jlayer.blob.StoreItem.Hold;
import io.jlayer.oci.ChainId;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTrialsTest {

    private static final Digest PACKED = Digest.sha256("packed");
    private static final DiffId LOWER = new DiffId(Digest.sha256("lower"));
    private static final DiffId UPPER = new DiffId(Digest.sha256("upper"));

    @TempDir
    Path store;

    private void keep(String name, String record) throws IOException {
        Path trial = Files.createDirectories(store.resolve("trials").resolve(name));
        Files.writeString(trial.resolve("trial.json"), record);
    }

    @Test
    void needTheirLayersPackedAndUnpacked() throws IOException {
        keep(
                "mine",
                JsonObject.EMPTY
                        .with("kept", true)
                        .with("digests", List.of(PACKED.toString()))
                        .with("diffIds", List.of(LOWER.toString(), UPPER.toString()))
                        .toString());
        keep("damaged", "{\"kept\": tr");
        keep("odd", "{\"digests\": [\"sha256:short\"]}");
        Files.createDirectories(store.resolve("trials/empty"));
        TrialNeeds needs = new StoredTrials(store).needs();
        assertThat(needs.blobs()).containsExactly(PACKED);
        assertThat(needs.layers())
                .contains(
                        LOWER.digest().hex(),
                        UPPER.digest().hex(),
                        "chain-" + ChainId.of(List.of(LOWER, UPPER)).digest().hex());
    }

    @Test
    void whatTheyNeedIsHeld() throws IOException {
        keep("mine", JsonObject.EMPTY.with("diffIds", List.of(LOWER.toString())).toString());
        StoredTrials trials = new StoredTrials(store);
        Path layers = store.resolve("layers").resolve(trials.ownership().name());
        Files.createDirectories(layers.resolve(LOWER.digest().hex()));
        Files.createDirectories(layers.resolve(UPPER.digest().hex()));
        List<StoreItem> unpacked = trials.unpacked(trials.needs());
        assertThat(unpacked).hasSize(2);
        assertThat(unpacked)
                .filteredOn(item -> item.hold().isPresent())
                .singleElement()
                .satisfies(item -> assertThat(item.hold()).contains(Hold.TRIAL));
    }

    @Test
    void aStoreWithoutAnyIsNotWrittenTo() throws IOException {
        StoredTrials trials = new StoredTrials(store);
        assertThat(trials.list()).isEmpty();
        assertThat(trials.removeAbandoned(warning -> {})).isZero();
        assertThat(trials.unpacked(trials.needs())).isEmpty();
        assertThat(store).isEmptyDirectory();
    }
}

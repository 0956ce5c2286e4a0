// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests that run programs share: a store, the trials in it, what programs print, and that nothing is left of any. */
abstract class WithTrials {

    @TempDir
    Path directory;

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    Store store;
    Trials trials;

    /** Skips the test where it cannot run. */
    void assumePossible() throws IOException {
        TestAccess.assumeThere();
    }

    @BeforeEach
    final void open() throws IOException {
        assumePossible();
        store = Store.open(directory.resolve("store"));
        trials = new Trials(store.root(), store.blobs(), List.of());
    }

    @AfterEach
    final void nothingIsLeft() throws IOException {
        if (trials != null) {
            Leftovers.before(directory).check();
            assertThat(trials.list()).isEmpty();
            String[] left = store.root().resolve("trials").toFile().list();
            assertThat(left == null ? new String[0] : left).isSubsetOf("lock");
        }
    }

    TrialResult run(Image image, TrialSpec.Builder spec) throws IOException {
        return trials.run(image, spec.build(), new Streams.Given(Optional.empty(), out, out));
    }

    static TrialSpec.Builder shell(String script) {
        return TrialSpec.builder().command(List.of("/bin/sh", "-c", script));
    }

    final String output() {
        return out.toString(UTF_8);
    }
}

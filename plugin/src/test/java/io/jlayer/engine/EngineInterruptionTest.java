// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.oci.Platform;
import io.jlayer.trial.Engine;
import io.jlayer.trial.Streams;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Trials;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who cancels a build does not hear that an engine lacks something, and nobody asks the next one. */
class EngineInterruptionTest {

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        Thread.interrupted();
    }

    @Test
    void questionIsNotTakenForUnknown() throws IOException {
        EngineProgram program = new EngineProgram(new FakeEngine(directory, "docker").program());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> program.tryAsk("version")).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.currentThread().isInterrupted()).as("flag").isTrue();
    }

    @Test
    void placeIsNotTakenForHere() {
        EnginePlace place = new EnginePlace(
                words -> {
                    throw new InterruptedIOException("interrupted");
                },
                Map.of());
        assertThatThrownBy(place::isElsewhere).isInstanceOf(InterruptedIOException.class);
        assertThatThrownBy(() -> place.address(true)).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void trialDoesNotGoOnToTheNextEngine() throws IOException {
        FakeEngine second = new FakeEngine(directory.resolve("second"), "podman");
        Store store = Store.open(directory.resolve("store"));
        Trials trials = new Trials(
                store.root(),
                store.blobs(),
                List.of(
                        new DockerEngine(new FakeEngine(directory.resolve("first"), "docker").program(), store),
                        new DockerEngine(second.program(), store)));
        TrialSpec spec = TrialSpec.builder().engine(Engine.DOCKER).build();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> trials.run(Image.scratch(Platform.HOST), spec, new Streams.Inherited()))
                .isInstanceOf(InterruptedIOException.class);
        Thread.interrupted();
        assertThat(second.asked("version")).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.oci.Platform;
import io.jlayer.trial.ContainerEngine;
import io.jlayer.trial.Engine;
import io.jlayer.trial.Streams;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Trials;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineReasonsTest {

    @TempDir
    Path directory;

    @Test
    void reasonOfEachEngineIsSaid() throws IOException {
        Path broken = Files.writeString(
                directory.resolve("docker"), "#!/bin/sh\necho Cannot connect to the Docker daemon >&2; exit 1\n");
        broken.toFile().setExecutable(true);
        Store store = Store.open(directory.resolve("store"));
        List<ContainerEngine> engines = List.of(
                new DockerEngine(broken.toString(), store),
                new DockerEngine(directory.resolve("podman").toString(), store));
        Trials trials = new Trials(store.root(), store.blobs(), engines);
        TrialSpec spec = TrialSpec.builder().engine(Engine.DOCKER).build();
        OutputStream nowhere = OutputStream.nullOutputStream();

        assertThatThrownBy(() -> trials.run(
                        Image.scratch(Platform.HOST), spec, new Streams.Given(Optional.empty(), nowhere, nowhere)))
                .hasMessageContaining("\n  docker: ")
                .hasMessageContaining("Cannot connect to the Docker daemon")
                .hasMessageContaining("\n  podman: it is not installed");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.oci.History;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.TestLayers;
import io.jlayer.trial.Engine;
import io.jlayer.trial.Streams;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that does nothing but run one trial by an engine, until it is killed: STORE PROGRAM. */
final class EngineTrialInProcess {

    private EngineTrialInProcess() {}

    public static void main(String[] args) throws IOException {
        Store store = Store.open(Path.of(args[0]));
        Image image = Image.scratch(Platform.HOST)
                .append(
                        TestLayers.layer(store.blobs(), TestLayers.busybox()),
                        new History(Optional.empty(), "test", "", false));
        TrialSpec spec = TrialSpec.builder()
                .engine(Engine.DOCKER)
                .command(List.of("/bin/sh", "-c", "trap '' TERM; echo on; while true; do sleep 1; done"))
                .build();
        DockerEngine engine = new DockerEngine(args[1], store);
        new Trials(store.root(), store.blobs(), List.of(engine)).run(image, spec, new Streams.Inherited());
    }
}

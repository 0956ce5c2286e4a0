// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.oci.History;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.TestLayers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A process that does nothing but run one trial: STORE SCRIPT SECCOMP. */
final class TrialInProcess {

    private TrialInProcess() {}

    public static void main(String[] args) throws IOException {
        Store store = Store.open(Path.of(args[0]));
        Layer layer = TestLayers.layer(store.blobs(), TestLayers.busybox());
        Image image = Image.scratch(new Platform("linux", "amd64", ""))
                .append(layer, new History(Optional.empty(), "test", "", false));
        TrialSpec spec = TrialSpec.builder()
                .command(List.of("/bin/sh", "-c", args[1]))
                .seccomp(Boolean.parseBoolean(args[2]))
                .stopTime(Duration.ofSeconds(5))
                .build();
        TrialResult result =
                new Trials(store.root(), store.blobs(), List.of()).run(image, spec, new Streams.Inherited());
        System.exit(result.exitCode());
    }
}

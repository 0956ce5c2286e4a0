// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A probe asks the trial's program, and nobody else who happens to listen there. */
class ReadinessTest {

    @Test
    void whatListensBeforeTheStartIsNoticed() throws IOException {
        Readiness probe;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            probe = Readiness.parse("http://localhost:" + other.getLocalPort() + "/health");
            assertThat(probe.isTaken()).isTrue();
            assertThat(Readiness.parse("tcp://127.0.0.1:" + other.getLocalPort())
                            .isTaken())
                    .isTrue();
        }
        assertThat(probe.isTaken()).isFalse();
    }

    @Test
    void otherMachinesAreNotAsked() {
        assertThat(Readiness.parse("https://192.0.2.1/").isTaken()).isFalse();
        assertThat(Readiness.parse("tcp://no.such.name.invalid:80").isTaken()).isFalse();
    }

    @Test
    void aTrialDoesNotStartWhereAnothersAnswerWouldPassForItsOwn(@TempDir Path directory) throws IOException {
        Store store = Store.open(directory);
        Trials trials = new Trials(store.root(), store.blobs(), List.of());
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TrialSpec spec = TrialSpec.builder()
                    .probe(Readiness.parse("tcp://127.0.0.1:" + other.getLocalPort()))
                    .build();
            assertThatIOException()
                    .isThrownBy(() -> trials.run(Image.scratch(Platform.HOST), spec, new Streams.Inherited()))
                    .withMessageContaining("something listens at 127.0.0.1:" + other.getLocalPort())
                    .withMessageContaining("another port");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.http.ClosingFront;
import io.jlayer.http.TestCertificate;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.util.List;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries that end connections in the middle, or between two requests, and what is then done once more. */
class UnsteadyRegistriesTest extends AgainstFakeRegistry {

    /** Neither {@code Connection: close} nor anything else tells it. */
    @ParameterizedTest
    @CsvSource({"false, 0, 0", "false, 50, 4", "true, 0, 0", "true, 50, 4"})
    void connectionsMayEndAfterEachAnswerWithoutAWord(boolean secure, long delay, int mostAgain) throws Exception {
        TestCertificate certificate = TestCertificate.make(temp);
        ServerSocketFactory sockets =
                secure ? certificate.server().getServerSocketFactory() : ServerSocketFactory.getDefault();
        try (ClosingFront front = new ClosingFront(sockets, registry.port(), delay);
                TestRun run = new TestRun(settings -> settings.withCaBundle(certificate.pem()))) {
            RegistryTarget target =
                    run.client.target(ImageRef.parse("localhost:" + front.port() + "/a/b:1"), List.of());

            target.write(image);

            assertThat(target.report().orElseThrow().sent()).isEqualTo(4);
            assertThat(run.sleeps).hasSizeLessThanOrEqualTo(mostAgain); // once each who set out before it was known
        }
        assertThat(registry.manifest("a/b", "1")).isPresent();
    }

    @Test
    void whoKeepsConnectionsIsNotAskedForNewOnes() throws IOException {
        try (TestRun run = new TestRun(settings -> settings.withParallelism(1))) {
            push(run, image, "a/b:1");
        }
        assertThat(registry.connections).hasSize(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.http.ClosingFront;
import io.jlayer.http.TestCertificate;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static final byte[] LAYER = TestImages.bytes(7, 300_000);

    /** Pulls an image of one large layer, of which GET meets the fault so often. */
    private void pullsThough(int times, Fault fault) throws IOException {
        ImageDocuments large = TestImages.documents(TestImages.image(TestImages.AMD64, TestImages.layer(LAYER)));
        TestImages.seed(registry, "a/b", "1", large);
        registry.fail(1, UnsteadyRegistriesTest::isLayer, Fault.cutAfter(20_000));
        registry.fail(times, UnsteadyRegistriesTest::isLayer, fault);
        try (TestRun run = new TestRun()) {
            load(run, "a/b:1");
            assertThat(TestImages.all(Store.open(temp.resolve("store")).blobs().get(Digest.sha256(LAYER))))
                    .isEqualTo(LAYER);
        }
    }

    private static boolean isLayer(FakeRequest request) {
        return request.is("GET", ".*/blobs/" + Digest.sha256(LAYER));
    }

    /** An answer to a wish for a range that says to begin {@code said} bytes late, and begins one byte late. */
    private static Fault late(int said) {
        return (request, answer, service) -> {
            int from = Integer.parseInt(request.header("Range").replaceAll("[^0-9]", ""));
            answer.header("Content-Range", "bytes " + (from + said) + "-299999/300000");
            answer.send(206, Arrays.copyOfRange(LAYER, from + 1, LAYER.length));
        };
    }

    /** Whether it says so or not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whereAPartIsNotTheOneThatWasAskedForAllIsReadAnew(int said) throws IOException {
        pullsThough(1, late(said));
        assertThat(registry.count(
                        request -> isLayer(request) && request.header("Range").isEmpty()))
                .isEqualTo(2);
    }

    @Test
    void whoMakesHeadwayIsNotGivenUp() throws IOException {
        pullsThough(99, Fault.cutAfter(20_000));
        assertThat(registry.count(UnsteadyRegistriesTest::isLayer)).isGreaterThan(14);
    }
}

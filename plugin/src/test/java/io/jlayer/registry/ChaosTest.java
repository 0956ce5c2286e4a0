// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.credential.Credentials;
import io.jlayer.http.Patience;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that fail by chance; the seed is in the test's name. */
class ChaosTest {

    private static final List<Fault> FAULTS = List.of(
            Fault.reset(),
            Fault.status(500),
            Fault.status(429, "Retry-After", "1"),
            Fault.status(503),
            Fault.cutAfter(1),
            Fault.answerLost());

    @TempDir
    Path temp;

    private static void fail(FakeRegistry registry, int seed) {
        Random random = new Random(seed);
        registry.fail(
                10_000,
                request -> !request.path().equals("/v2/") && random.nextInt(5) == 0,
                (request, answer, service) ->
                        FAULTS.get(random.nextInt(FAULTS.size())).strike(request, answer, service));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsPushedAndPulledIsWholeOrNamed(int seed) throws IOException {
        ImageDocuments image = TestImages.documents(TestImages.image(seed * 100, 10));
        try (FakeRegistry registry = new FakeRegistry()) {
            registry.auth.mode = FakeAuth.Mode.TOKEN;
            fail(registry, seed);
            Credentials credentials = (host, name) -> Optional.of(FakeAuth.password());
            Patience usual = Patience.DEFAULT;
            Patience patience = new Patience(usual.connect(), usual.stall(), usual.answer(), 12);
            try (TestRun run = new TestRun(
                    settings -> settings.withCredentials(credentials).withPatience(patience))) {
                ImageRef ref = ImageRef.parse(registry.host() + "/a/b:1");
                run.client.target(ref, List.of("2")).write(image);

                assertThat(Digest.sha256(registry.manifest("a/b", "2").orElseThrow()))
                        .isEqualTo(image.root().digest());
                image.layers().keySet().forEach(layer -> assertThat(registry.hasBlob("a/b", layer.digest()))
                        .isTrue());
                Store store = Store.open(temp.resolve("store"));
                Image pulled =
                        run.client.source(ref, store.records("r"), line -> {}).load(AMD64, store.blobs());
                run.client.fetch(pulled, store.blobs());
                assertThat(pulled.config().diffIds())
                        .isEqualTo(image.platforms().get(0).image().config().diffIds());
            }
            assertThat(registry.requests).hasSizeLessThan(400);
        }
    }
}

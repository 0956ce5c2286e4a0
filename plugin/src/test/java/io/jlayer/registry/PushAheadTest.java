// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.http.RefusalException;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Layers that go while others are still made. */
class PushAheadTest {

    private final Image image = TestImages.image(1, 4);
    private final ImageDocuments documents = TestImages.documents(image);
    private FakeRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistryTarget target(TestRun run, String reference) {
        return run.client.target(ImageRef.parse(registry.host() + "/" + reference), List.of());
    }

    private Layer layer(int index) {
        return image.lowestFirst().get(index);
    }

    private boolean has(String repository, int index) {
        return registry.hasBlob(repository, layer(index).descriptor().digest());
    }

    /** A machine may be slow; what never comes is not waited for. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void layersAreThereBeforeTheImageIs() throws Exception {
        try (TestRun run = new TestRun()) {
            RegistryTarget target = target(run, "a/b:1");
            target.expect(layer(0), false);
            target.expect(layer(1), true);
            target.expect(layer(2), false);
            await(() -> has("a/b", 0) && has("a/b", 1) && has("a/b", 2));
            assertThat(registry.log()).noneMatch(line -> line.contains("PUT /v2/a/b/manifests"));

            target.write(documents);

            assertThat(Digest.sha256(registry.manifest("a/b", "1").orElseThrow()))
                    .isEqualTo(documents.root().digest());
            PushReport report = target.report().orElseThrow();
            assertThat(report.sent()).isEqualTo(5);
            assertThat(registry.count(request -> request.is("POST", ".*"))).isEqualTo(5);
            assertThat(report.bytesSent()).isGreaterThan(4000);
            assertThat(report.requests()).isEqualTo(registry.requests.size());
        }
    }

    @Test
    void whereNothingIsNewNoBlobIsAskedFor() throws IOException {
        try (TestRun run = new TestRun()) {
            target(run, "a/b:1").write(documents);
        }
        registry.requests.clear();
        try (TestRun run = new TestRun()) {
            RegistryTarget target = target(run, "a/b:1");
            for (Layer layer : image.lowestFirst()) {
                target.expect(layer, false);
            }
            target.write(documents);

            assertThat(registry.log()).containsExactly("HEAD /v2/a/b/manifests/1");
            assertThat(target.report().orElseThrow().present()).isEqualTo(5);
        }
    }

    @Test
    void theTagIsLookedForAndATokenFetchedBeforeAnythingIsMade() throws Exception {
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        TestImages.seed(registry, "base/os", "1", TestImages.documents(TestImages.image(1, 2)));
        try (TestRun run =
                new TestRun(settings -> settings.withCredentials((host, name) -> Optional.of(FakeAuth.password())))) {
            RegistryTarget target = target(run, "a/b:1");
            target.begin(Optional.of(ImageRef.parse(registry.host() + "/base/os:1")));
            await(() -> registry.count(request -> request.is("HEAD", "/v2/a/b/manifests/1")) == 2);
            for (Layer layer : image.lowestFirst().subList(0, 2)) {
                run.client
                        .origins()
                        .add(registry.host(), "base/os", layer.descriptor().digest());
            }
            target.write(documents);

            assertThat(target.report().orElseThrow().mounted()).isEqualTo(2);
            assertThat(registry.count(request -> request.path().equals("/token")))
                    .isEqualTo(1);
            assertThat(registry.count(request -> request.is("HEAD", "/v2/a/b/manifests/1")))
                    .isEqualTo(2);
        }
    }

    @Test
    void aRefusalIsToldBeforeTheRestIsMade() throws Exception {
        registry.fail(1000, request -> request.is("POST", ".*"), Fault.refusal(403, "DENIED"));
        try (TestRun run = new TestRun()) {
            RegistryTarget target = target(run, "a/b:1");
            target.expect(layer(0), true);

            await(() -> fails(target));

            assertThatThrownBy(() -> target.expect(layer(1), true))
                    .isInstanceOf(RefusalException.class)
                    .hasMessageStartingWith("push " + registry.host() + "/a/b:1: begin to upload blob sha256:")
                    .hasMessageContaining("403 DENIED; no");
            assertThatThrownBy(() -> target.write(documents)).hasMessageContaining("403 DENIED; no");
        }
        assertThat(registry.manifest("a/b", "1")).isEmpty();
    }

    private boolean fails(RegistryTarget target) {
        try {
            target.expect(layer(0), true);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whatIsNeverWrittenIsLetGo() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        registry.fail(1, request -> request.is("POST", ".*"), (request, answer, service) -> {
            asked.countDown();
            Fault.stallUntil(end).strike(request, answer, service);
        });
        try (TestRun run = new TestRun()) {
            target(run, "a/b:1").expect(layer(0), true);
            asked.await();
        }
        try {
            await(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("jlayer-push")));
        } finally {
            end.countDown();
        }
        assertThat(registry.manifest("a/b", "1")).isEmpty();
    }

    @Test
    void theSecondRepositoryOfARegistryTakesFromTheFirst() throws IOException {
        try (TestRun run = new TestRun()) {
            List<RegistryTarget> targets = List.of(target(run, "a/b:1"), target(run, "c/d:1"));
            for (Layer layer : image.lowestFirst()) {
                for (RegistryTarget target : targets) {
                    target.expect(layer, true);
                }
            }
            for (RegistryTarget target : targets) {
                target.write(documents);
            }

            assertThat(targets.get(0).report().orElseThrow().sent()).isEqualTo(5);
            assertThat(targets.get(1).report().orElseThrow().mounted()).isEqualTo(5);
        }
    }

    /** As where another machine's layer is found when the push has begun. */
    @Test
    void aNeighbourMayBecomeKnownLater() throws Exception {
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        registry.putBlob("fleet/cache", TestImages.all(layer(1).blob()));
        try (TestRun run =
                new TestRun(settings -> settings.withCredentials((host, name) -> Optional.of(FakeAuth.password())))) {
            RegistryTarget target = target(run, "a/b:1");
            target.expect(layer(0), true);
            await(() -> has("a/b", 0));
            run.client
                    .origins()
                    .add(registry.host(), "fleet/cache", layer(1).descriptor().digest());
            target.expect(layer(1), true);
            target.write(documents);

            assertThat(target.report().orElseThrow().mounted()).isEqualTo(1);
        }
    }
}

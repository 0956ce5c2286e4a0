// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes that are killed with {@code kill -9} at a request; the registry never answers that one. */
class KilledPushTest {

    private final ImageDocuments image = TestImages.documents(TestImages.image(1, PushProcess.LAYERS));
    private final ImageDocuments before = TestImages.documents(TestImages.image(500, 2));

    @ParameterizedTest
    @CsvSource({
        "HEAD, .*/blobs/.*, 3",
        "POST, .*, 5",
        "PUT, .*/uploads/.*, 1",
        "PUT, .*/uploads/.*, 9",
        "PUT, .*/manifests/sha256.*, 1",
        "PUT, .*/manifests/1, 1",
        "PUT, .*/manifests/latest, 1"
    })
    void theSecondPushPutsItRight(String method, String path, int number) throws Exception {
        try (FakeRegistry registry = new FakeRegistry()) {
            TestImages.seed(registry, "a/b", "1", before);
            killAt(registry, method, path, number);
            Digest named = Digest.sha256(registry.manifest("a/b", "1").orElseThrow());
            boolean tagsBegan = path.endsWith("latest");
            assertThat(named).isEqualTo((tagsBegan ? image : before).root().digest());
            assertThat(registry.manifest("a/b", "latest")).isEmpty();
            int there = registry.contents().get("a/b").size();

            registry.clearFaults();
            registry.requests.clear();
            try (TestRun run = new TestRun()) {
                RegistryTarget target =
                        run.client.target(ImageRef.parse(registry.host() + "/a/b:1"), List.of("latest"));
                target.write(image);
                int all = registry.contents().get("a/b").size();
                assertThat(target.report().orElseThrow().sent()).isEqualTo(all - there);
            }
            for (String tag : List.of("1", "latest")) {
                assertThat(Digest.sha256(registry.manifest("a/b", tag).orElseThrow()))
                        .isEqualTo(image.root().digest());
            }
            image.layers().keySet().forEach(layer -> assertThat(registry.hasBlob("a/b", layer.digest()))
                    .isTrue());
        }
    }

    private void killAt(FakeRegistry registry, String method, String path, int number) throws Exception {
        CountDownLatch left = new CountDownLatch(number);
        CountDownLatch end = new CountDownLatch(1);
        registry.fail(Integer.MAX_VALUE, request -> request.is(method, path), (request, answer, service) -> {
            left.countDown();
            if (left.getCount() > 0) {
                service.serve();
            } else {
                Fault.stallUntil(end).strike(request, answer, service);
            }
        });
        Process process = start(registry.host() + "/a/b:1");
        try {
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
            end.countDown();
        }
    }

    private static Process start(String reference) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PushProcess.class.getName(),
                        reference)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What registries, and what stands before them, do against the specification, each seen in the field. */
class UnlikeRegistriesTest extends AgainstFakeRegistry {

    private static TestRun asAnn() {
        return new TestRun(settings ->
                settings.withParallelism(1).withCredentials((host, name) -> Optional.of(FakeAuth.password())));
    }

    @Test
    void aManifestMayBeCalledJsonOnly() throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        byte[] manifest = registry.manifest("a/b", "1").orElseThrow();
        registry.putManifest("a/b", "1", "application/json; charset=utf-8", manifest);
        try (TestRun run = new TestRun()) {
            assertThat(load(run, "a/b:1").lowestFirst()).hasSize(3);
        }
    }

    @Test
    void aHeadMaySayThatThereIsNothing() throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        byte[] manifest = registry.manifest("a/b", "1").orElseThrow();
        registry.fail(9, request -> request.is("HEAD", ".*/manifests/.*"), (request, answer, service) -> {
            answer.header("Content-Type", MediaType.MANIFEST.name());
            answer.header("Docker-Content-Digest", Digest.sha256(manifest).toString());
            answer.send(200, new byte[0]);
        });
        try (TestRun run = new TestRun()) {
            assertThat(load(run, "a/b:1").lowestFirst()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 406, 501})
    void aHeadMayBeRefusedThoughAGetIsNot(int status) throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        registry.fail(99, request -> request.is("HEAD", ".*"), Fault.status(status));
        try (TestRun run = new TestRun()) {
            assertThat(load(run, "a/b:1").lowestFirst()).hasSize(3);
        }
    }

    @Test
    void whyAHeadIsRefusedIsAskedFor() throws IOException {
        registry.fail(99, UnlikeRegistriesTest::reads, Fault.refusal(403, "EXPIRED"));
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> load(run, "a/b:1")).hasMessageContaining("403 EXPIRED; no");
        }
    }

    /** Robots that may push and not pull. */
    @Test
    void whoMayNotReadMayStillPush() throws IOException {
        registry.fail(99, request -> reads(request) && !request.path().equals("/v2/"), Fault.refusal(403, "DENIED"));
        try (TestRun run = new TestRun()) {
            assertThat(push(run, image, "a/b:1", "2").sent()).isEqualTo(4);
        }
        assertThat(registry.manifest("a/b", "2")).isPresent();
    }

    /** An address that is signed for GET is often refused to HEAD. */
    @Test
    void whereABlobLiesMayNotAnswerHeads() throws IOException {
        try (FakeRegistry store = new FakeRegistry()) {
            store.fail(99, request -> true, Fault.status(403));
            registry.fail(99, request -> request.is("HEAD", ".*/blobs/.*"), (request, answer, service) -> {
                answer.header("Location", store.url() + "/bucket");
                answer.send(307, new byte[0]);
            });
            try (TestRun run = asAnn()) {
                assertThat(push(run, image, "a/b:1").sent()).isEqualTo(4);
            }
        }
    }

    @Test
    void aLocationMayHoldWhatAnAddressMayNot() throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        try (FakeRegistry store = new FakeRegistry()) {
            store.fail(99, request -> true, (request, answer, service) -> {
                assertThat(request.uri().getQuery()).isEqualTo("name=\"a b\"&x={1|2}&y=100%&z=/");
                String digest = request.path().substring(1);
                answer.send(
                        200,
                        TestImages.all(image.layers().values().stream()
                                .filter(layer ->
                                        layer.descriptor().digest().toString().equals(digest))
                                .findFirst()
                                .orElseThrow()
                                .blob()));
            });
            registry.fail(
                    99, request -> request.is("GET", ".*/blobs/.*") && isLayer(request), (request, answer, service) -> {
                        String digest = request.path().replaceFirst(".*/", "");
                        answer.header("Location", store.url() + "/" + digest + "?name=\"a b\"&x={1|2}&y=100%&z=%2F");
                        answer.send(307, new byte[0]);
                    });
            try (TestRun run = new TestRun()) {
                assertThat(load(run, "a/b:1").lowestFirst()).hasSize(3);
            }
            assertThat(store.requests).hasSize(3);
        }
    }

    private static boolean reads(FakeRequest request) {
        return request.method().equals("HEAD") || request.method().equals("GET");
    }

    private boolean isLayer(FakeRequest request) {
        return image.layers().keySet().stream()
                .anyMatch(layer -> request.path().endsWith(layer.digest().toString()));
    }

    @Test
    void aManifestMayBePackedOnItsWay() throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        byte[] manifest = registry.manifest("a/b", "1").orElseThrow();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(manifest);
        }
        registry.fail(9, request -> request.is("GET", ".*/manifests/.*"), (request, answer, service) -> {
            assertThat(request.header("Accept-Encoding")).isEqualTo("identity");
            answer.header("Content-Type", MediaType.MANIFEST.name());
            answer.header("Content-Encoding", "gzip");
            answer.send(200, packed.toByteArray());
        });
        try (TestRun run = new TestRun()) {
            assertThat(load(run, "a/b:1").lowestFirst()).hasSize(3);
        }
    }

    /** Then the length that is told is that of the packed manifest. */
    @Test
    void headsMayBePackedToo() throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        byte[] manifest = registry.manifest("a/b", "1").orElseThrow();
        registry.fail(9, request -> request.is("HEAD", ".*/manifests/.*"), (request, answer, service) -> {
            answer.header("Content-Type", MediaType.MANIFEST.name());
            answer.header("Docker-Content-Digest", Digest.sha256(manifest).toString());
            answer.header("Content-Encoding", "gzip");
            answer.send(200, new byte[254]);
        });
        try (TestRun run = new TestRun()) {
            assertThat(load(run, "a/b:1").lowestFirst()).hasSize(3);
        }
    }

    @Test
    void aLocationMayHaveADigestOfItsOwn() throws IOException {
        registry.fail(9, request -> request.is("POST", ".*"), (request, answer, service) -> {
            answer.header("Location", registry.url() + "/v2/a/b/blobs/uploads/x?digest=sha256:wrong&_state=a%2Fb#top");
            answer.send(202, new byte[0]);
        });
        registry.fail(9, request -> request.is("PUT", ".*/blobs/uploads/x"), (request, answer, service) -> {
            registry.putBlob("a/b", request.body());
            String query = "_state=a%2Fb&digest="
                    + Digest.sha256(request.body()).toString().replace(":", "%3A");
            answer.send(request.uri().getRawQuery().equals(query) ? 201 : 400, new byte[0]);
        });
        try (TestRun run = new TestRun()) {
            push(run, image, "a/b:1");
            assertThat(run.sleeps).isEmpty();
        }
    }

    @Test
    void goingOnAtABytesMayBeRefused() throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        registry.fail(1, request -> request.is("GET", ".*/blobs/.*") && isLayer(request), Fault.cutAfter(400));
        registry.fail(9, request -> !request.header("Range").isEmpty(), Fault.status(416));
        try (TestRun run = new TestRun()) {
            assertThat(load(run, "a/b:1").lowestFirst()).hasSize(3);
        }
    }

    @Test
    void whoMayNotTakeFromANeighbourAsksOnce() throws IOException {
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        ImageDocuments large = TestImages.documents(TestImages.image(1, 20));
        TestImages.seed(registry, "base/os", "1", large);
        registry.fail(
                999,
                request -> request.query().containsKey("mount"),
                (request, answer, service) -> registry.auth.challenge("base/os", answer));
        try (TestRun run = asAnn()) {
            assertThat(push(run, TestImages.documents(load(run, "base/os:1")), "a/b:1")
                            .sent())
                    .isEqualTo(21);
        }
        assertThat(registry.count(request -> request.query().containsKey("mount")))
                .isLessThanOrEqualTo(4);
    }

    /** Of several nodes not all know at once what one of them took. */
    @ParameterizedTest
    @CsvSource({"400, MANIFEST_BLOB_UNKNOWN", "404, BLOB_UNKNOWN"})
    void aBlobMayBeKnownALittleLater(int status, String code) throws IOException {
        registry.fail(1, request -> request.is("PUT", ".*/manifests/.*"), Fault.refusal(status, code));
        try (TestRun run = new TestRun()) {
            push(run, image, "a/b:1");
            assertThat(run.sleeps).hasSize(1);
        }
        assertThat(registry.manifest("a/b", "1")).isPresent();
        assertThat(registry.count(request -> request.is("PUT", ".*/uploads/.*")))
                .isEqualTo(4);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Blob;
import io.jlayer.http.Patience;
import io.jlayer.http.RefusalException;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a push does when the registry, the way to it or the disk fails. */
class PushFailuresTest extends AgainstFakeRegistry {

    private PushReport push(ImageDocuments image, String reference, String... tags) throws IOException {
        try (TestRun run = new TestRun()) {
            return push(run, image, reference, tags);
        }
    }

    @Test
    void passingFailuresAreTriedAgainWithGrowingPauses() throws IOException {
        registry.fail(2, request -> request.is("HEAD", ".*/blobs/.*"), Fault.status(503));
        try (TestRun run = new TestRun(settings -> settings.withParallelism(1))) {
            push(run, TestImages.documents(TestImages.image(1, 1)), "a/b:1");

            assertThat(run.sleeps).containsExactly(Duration.ofMillis(500), Duration.ofMillis(1000));
            assertThat(run.debug).filteredOn(line -> line.contains("503")).hasSize(2);
            assertThat(run.info).singleElement().asString().endsWith("/a/b:1: 2 requests were tried again");
        }
    }

    @Test
    void waitsAsLongAsTheRegistryAsks() throws IOException {
        registry.fail(1, request -> request.is("POST", ".*"), Fault.status(429, "Retry-After", "7"));
        registry.fail(
                1,
                request -> request.is("PUT", ".*/manifests/1"),
                Fault.status(429, "Retry-After", "Fri, 02 Jan 2026 03:05:05 GMT"));
        try (TestRun run = new TestRun(settings -> settings.withParallelism(1))) {
            push(run, TestImages.documents(TestImages.image(1, 1)), "a/b:1");

            assertThat(run.sleeps).containsExactly(Duration.ofMillis(7500), Duration.ofMillis(53_000));
        }
    }

    @Test
    void doesNotWaitForHours() throws IOException {
        registry.fail(1, request -> request.is("HEAD", ".*"), Fault.status(429, "Retry-After", "3600"));
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, TestImages.documents(TestImages.image(1, 1)), "a/b:1"))
                    .hasMessageContaining("429 Too Many Requests");
            assertThat(run.sleeps).isEmpty();
        }
    }

    @Test
    void givesUpAfterSomeAttempts() throws IOException {
        registry.fail(100, request -> request.is("POST", ".*"), Fault.status(502));
        try (TestRun run = new TestRun(settings -> settings.withParallelism(1))) {
            assertThatThrownBy(() -> push(run, TestImages.documents(TestImages.image(1, 1)), "a/b:1"))
                    .isInstanceOf(RefusalException.class)
                    .hasMessageStartingWith("push " + registry.host() + "/a/b:1: begin to upload blob sha256:")
                    .hasMessageContaining("502 Bad Gateway (after 5 attempts)");
            assertThat(registry.count(request -> request.is("POST", ".*"))).isEqualTo(5);
        }
    }

    @Test
    void aRefusalIsNotTriedAgain() throws IOException {
        registry.fail(1, request -> request.is("POST", ".*"), Fault.refusal(403, "DENIED"));
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, TestImages.documents(TestImages.image(1, 1)), "a/b:1"))
                    .hasMessageContaining("403 DENIED; no (no credentials are known for ");
            assertThat(run.sleeps).isEmpty();
        }
    }

    @Test
    void aLostUploadBeginsAnewInAFreshSession() throws IOException {
        registry.fail(1, request -> request.is("PUT", ".*/uploads/.*"), Fault.reset());
        registry.fail(1, request -> request.is("PUT", ".*/uploads/.*"), Fault.status(500));
        registry.fail(1, request -> request.is("PUT", ".*/uploads/.*"), Fault.refusal(404, "BLOB_UPLOAD_UNKNOWN"));
        try (TestRun run = new TestRun(settings -> settings.withParallelism(1))) {
            PushReport report = push(run, TestImages.documents(TestImages.image(1, 1)), "a/b:1");

            assertThat(report.sent()).isEqualTo(2);
        }
        List<String> sessions = registry.log().stream()
                .filter(line -> line.startsWith("PUT") && line.contains("uploads"))
                .toList();
        assertThat(sessions).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void whatWasStoredWithoutAnAnswerIsNotSentTwice() throws IOException {
        registry.fail(1, request -> request.is("PUT", ".*/uploads/.*"), (request, answer, service) -> {
            registry.putBlob("a/b", request.body());
        });
        push(TestImages.documents(TestImages.image(1, 1)), "a/b:1");

        assertThat(registry.count(request -> request.is("PUT", ".*/uploads/.*")))
                .isEqualTo(2);
    }

    @Test
    void anUploadWithoutAnswerIsEndedAndTriedAgain() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(200), 3);
        registry.fail(1, request -> request.is("PUT", ".*/uploads/.*"), Fault.stallUntil(end));
        try (TestRun run = new TestRun(settings -> settings.withPatience(patience))) {
            assertThat(push(run, TestImages.documents(TestImages.image(1, 1)), "a/b:1")
                            .sent())
                    .isEqualTo(2);
        } finally {
            end.countDown();
        }
    }

    @Test
    void aLayerThatCannotBeReadIsNotTriedAgain() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        byte[] content = TestImages.bytes(1, 1000);
        Blob broken = () -> {
            opened.incrementAndGet();
            throw new IOException("the disk is gone");
        };
        ImageDocuments image = TestImages.documents(TestImages.image(AMD64, TestImages.layer(content, broken)));
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, image, "a/b:1")).hasMessageContaining("the disk is gone");
        }
        assertThat(opened).hasValue(1);
        assertThat(registry.manifest("a/b", "1")).isEmpty();
    }

    @Test
    void aBrokenPushLeavesTheTagAsItWasAndTheNextOneGoesOn() throws IOException {
        ImageDocuments before = TestImages.documents(TestImages.image(50, 2));
        push(before, "a/b:1");
        ImageDocuments after = TestImages.documents(TestImages.image(1, 4));
        registry.fail(100, request -> request.is("PUT", ".*/manifests/.*"), Fault.refusal(403, "DENIED"));
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, after, "a/b:1")).hasMessageContaining("403");
        }
        assertThat(Digest.sha256(registry.manifest("a/b", "1").orElseThrow()))
                .isEqualTo(before.root().digest());

        // A new process that knows nothing of the first.
        registry.clearFaults();
        registry.requests.clear();
        push(after, "a/b:1");
        assertThat(Digest.sha256(registry.manifest("a/b", "1").orElseThrow()))
                .isEqualTo(after.root().digest());
        assertThat(registry.count(request -> request.is("POST", ".*"))).isZero();
    }
}

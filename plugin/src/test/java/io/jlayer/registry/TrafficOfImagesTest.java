// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Traffic;
import io.jlayer.blob.Traffic.Way;
import io.jlayer.http.RefusalException;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrafficOfImagesTest extends AgainstFakeRegistry {

    private static final int SIZE = 400_000;

    private static ImageDocuments image(int seed) {
        return TestImages.documents(TestImages.image(
                AMD64,
                TestImages.layer(TestImages.bytes(seed, SIZE)),
                TestImages.layer(TestImages.bytes(seed + 1, SIZE))));
    }

    private static long config(ImageDocuments image) {
        return image.platforms().get(0).manifest().config().size();
    }

    private static void assertAllMoved(Traffic traffic, Way way, long bytes) {
        assertThat(traffic.moved(way)).isEqualTo(bytes);
        assertThat(traffic.expected(way)).isEqualTo(bytes);
        assertThat(traffic.isMoving(way)).isFalse();
    }

    @Test
    void whatIsSentIsCounted() throws IOException {
        ImageDocuments image = image(1);
        try (TestRun run = new TestRun()) {
            push(run, image, "a/b:1");

            assertAllMoved(run.client.traffic(), Way.PUSH, 2 * SIZE + config(image));
            assertThat(run.client.traffic().moved(Way.PULL)).isZero();
        }
    }

    @Test
    void whatNeedNotBeSentIsNotExpected() throws IOException {
        try (TestRun run = new TestRun()) {
            push(run, image(1), "a/b:1");
        }
        ImageDocuments next = image(2); // shares a layer with the one before
        try (TestRun run = new TestRun()) {
            push(run, next, "a/b:2");

            assertAllMoved(run.client.traffic(), Way.PUSH, SIZE + config(next));
        }
    }

    @Test
    void whatWasSentInVainIsNot() throws IOException {
        ImageDocuments image = image(3);
        registry.fail(
                2, request -> request.method().equals("PUT") && request.path().contains("/blobs/"), Fault.status(503));
        try (TestRun run = new TestRun()) {
            push(run, image, "a/b:1");

            assertThat(run.sleeps).isNotEmpty();
            assertAllMoved(run.client.traffic(), Way.PUSH, 2 * SIZE + config(image));
        }
    }

    @Test
    void nothingIsUnderWayAfterARefusal() throws IOException {
        registry.fail(9, request -> request.method().equals("PUT"), Fault.refusal(403, "DENIED"));
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, image(4), "a/b:1")).isInstanceOf(RefusalException.class);

            assertComesToRest(run.client.traffic());
        }
    }

    /** The other uploads of a push end by themselves. */
    private static void assertComesToRest(Traffic traffic) {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (traffic.isMoving(Way.PUSH) && System.nanoTime() < limit) {
            Thread.onSpinWait();
        }
        assertThat(traffic.isMoving(Way.PUSH)).isFalse();
    }

    @Test
    void layersThatAreFetchedAreCounted() throws IOException {
        TestImages.seed(registry, "a/b", "1", image(5));
        registry.fail(1, request -> request.path().contains("/blobs/"), Fault.cutAfter(1000));
        try (TestRun run = new TestRun()) {
            Image first = load(run, "a/b:1");

            assertThat(first.lowestFirst()).hasSize(2);
            assertThat(run.client.traffic().moved(Way.PULL)).isGreaterThanOrEqualTo(2 * SIZE);
            assertThat(run.client.traffic().expected(Way.PULL))
                    .isEqualTo(run.client.traffic().moved(Way.PULL));
            assertThat(run.client.traffic().isMoving(Way.PULL)).isFalse();
        }
        try (TestRun run = new TestRun()) {
            load(run, "a/b:1");
            assertThat(run.client.traffic().expected(Way.PULL)).isZero();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static io.jlayer.registry.TestImages.ARM64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.http.Patience;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrySourceTest {

    @TempDir
    Path temp;

    private FakeRegistry registry;
    private Store store;
    private ImageDocuments original;
    private Descriptor root;

    @BeforeEach
    void seed() throws IOException {
        registry = new FakeRegistry();
        store = Store.open(temp.resolve("store"));
        original = TestImages.documents(TestImages.image(AMD64, TestImages.layer(TestImages.bytes(1, 300_000))));
        root = TestImages.seed(registry, "a/b", "1", original);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistrySource source(TestRun run, String reference) {
        ImageRef ref = ImageRef.parse(registry.host() + "/a/b" + reference);
        return run.client.source(ref, store.records("resolutions-v1"), run.warnings::add);
    }

    private Image load(TestRun run, String reference) throws IOException {
        return source(run, reference).load(AMD64, store.blobs());
    }

    private static byte[] firstLayer(Image image) throws IOException {
        return TestImages.all(image.lowestFirst().get(0).blob());
    }

    @Test
    void loadsByTagAndFetchesALayerOnlyWhenItIsOpened() throws IOException {
        try (TestRun run = new TestRun()) {
            Image image = load(run, ":1");

            assertThat(image.config().toBytes())
                    .isEqualTo(original.platforms().get(0).image().config().toBytes());
            assertThat(registry.log()).hasSize(3); // head, manifest, config
            assertThat(firstLayer(image)).isEqualTo(TestImages.bytes(1, 300_000));
            firstLayer(image);
            assertThat(registry.log()).hasSize(4);
        }
    }

    @Test
    void fetchesAllLayersOnce() throws IOException {
        byte[] twice = TestImages.bytes(7, 5000);
        Image image = TestImages.image(
                AMD64, TestImages.layer(twice), TestImages.layer(TestImages.bytes(8, 5000)), TestImages.layer(twice));
        TestImages.seed(registry, "a/b", "3", TestImages.documents(image));
        try (TestRun run = new TestRun()) {
            Image loaded = load(run, ":3");
            registry.requests.clear();
            run.client.fetch(loaded, store.blobs());
            run.client.fetch(loaded, store.blobs());
            assertThat(registry.log()).hasSize(2);
        }
    }

    @Test
    void keepsManifestBytesAsTheyCame() throws IOException {
        String config =
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Healthcheck\":{\"StartInterval\":5}},"
                        + " \"rootfs\" : {\"type\":\"layers\",\"diff_ids\":[]}, \"x\":1}";
        registry.putBlob("a/b", config.getBytes(UTF_8));
        String manifest = "{ \"schemaVersion\":2, \"layers\":[], \"unknown\":{\"a\":[1]}, \"config\":{\"mediaType\":"
                + "\"application/vnd.oci.image.config.v1+json\",\"data\":\"e30=\",\"size\":" + config.length()
                + ",\"digest\":\"" + Digest.sha256(config) + "\"} }";
        byte[] bytes = manifest.getBytes(UTF_8);
        registry.putManifest("a/b", "odd", "application/vnd.oci.image.manifest.v1+json; charset=utf-8", bytes);
        try (TestRun run = new TestRun()) {
            Image image = load(run, ":odd");

            assertThat(image.config().json().has("x")).isTrue();
            assertThat(store.blobs().contains(Digest.sha256(bytes))).isTrue();
        }
    }

    @Test
    void warnsOnceWithTheDigestToPin() throws IOException {
        try (TestRun run = new TestRun()) {
            RegistrySource source = source(run, ":1");
            source.load(AMD64, store.blobs());
            source.load(AMD64, store.blobs());

            assertThat(run.warnings).singleElement().asString().endsWith("/a/b:1@" + root.digest());
        }
    }

    @Test
    void asksOnceForATagWhoseImageIsKnown() throws IOException {
        try (TestRun run = new TestRun()) {
            load(run, ":1");
        }
        registry.requests.clear();
        try (TestRun run = new TestRun()) {
            load(run, ":1");
        }
        assertThat(registry.log()).containsExactly("HEAD /v2/a/b/manifests/1");
    }

    @Test
    void needsNoNetworkForAPinnedImageThatIsKnown() throws IOException {
        try (TestRun run = new TestRun()) {
            firstLayer(load(run, "@" + root.digest()));
            assertThat(run.warnings).isEmpty();
        }
        registry.close();
        try (TestRun run = new TestRun()) {
            firstLayer(load(run, "@" + root.digest()));
            assertThat(run.client.requests()).isZero();
        }
    }

    @Test
    void remembersOfflineWhatATagNamed() throws IOException {
        try (TestRun run = new TestRun()) {
            firstLayer(load(run, ":1"));
        }
        registry.close();
        try (TestRun run = new TestRun(settings -> settings.withOffline(true))) {
            assertThat(firstLayer(load(run, ":1"))).hasSize(300_000);
            assertThatThrownBy(() -> load(run, ":2")).hasMessageContaining("offline, and never resolved");
            assertThat(run.client.requests()).isZero();
        }
    }

    @Test
    void saysOfflineThatALayerIsNotHere() throws IOException {
        try (TestRun run = new TestRun()) {
            load(run, ":1");
        }
        try (TestRun run = new TestRun(settings -> settings.withOffline(true))) {
            Image image = load(run, ":1");
            assertThatThrownBy(() -> firstLayer(image)).hasMessageContaining("not used while offline");
        }
    }

    @Test
    void worksWithARegistryThatSaysNoDigests() throws IOException {
        registry.headDigests = false;
        try (TestRun run = new TestRun()) {
            assertThat(load(run, ":1").lowestFirst()).hasSize(1);
        }
    }

    @Test
    void choosesThePlatformOfAnIndex() throws IOException {
        Image amd = TestImages.image(AMD64, TestImages.layer(TestImages.bytes(2, 10)));
        Image arm = TestImages.image(ARM64, TestImages.layer(TestImages.bytes(3, 10)));
        TestImages.seed(registry, "a/b", "both", TestImages.documents(amd, arm));
        try (TestRun run = new TestRun()) {
            RegistrySource source = source(run, ":both");

            assertThat(source.load(ARM64, store.blobs()).platform()).isEqualTo(ARM64);
            assertThat(source.load(AMD64, store.blobs()).platform()).isEqualTo(AMD64);
            assertThatThrownBy(() -> source.load(Platform.parse("linux/s390x"), store.blobs()))
                    .hasMessageContaining("linux/amd64")
                    .hasMessageContaining("linux/arm64");
        }
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> load(run, ":none"))
                    .hasMessageStartingWith("pull " + registry.host() + "/a/b:none")
                    .hasMessageContaining("no such image");
        }
    }

    @Test
    void goesOnWhereADownloadBrokeOff() throws IOException {
        registry.fail(
                1,
                request -> request.is("GET", ".*/blobs/.*")
                        && request.header("Range").isEmpty(),
                Fault.cutAfter(0));
        registry.fail(1, request -> request.is("GET", ".*/blobs/.*"), Fault.cutAfter(200));
        layerBreaks(100_000);
    }

    @Test
    void beginsAnewWhereTheRegistryCannotGoOn() throws IOException {
        registry.ranges = false;
        layerBreaks(100_000);
    }

    private void layerBreaks(int after) throws IOException {
        try (TestRun run = new TestRun()) {
            Image image = load(run, ":1");
            String layer = image.lowestFirst().get(0).descriptor().digest().toString();
            registry.fail(2, request -> request.is("GET", ".*" + layer), Fault.cutAfter(after));

            assertThat(firstLayer(image)).isEqualTo(TestImages.bytes(1, 300_000));
            // Where exactly depends on what had arrived when the connection was lost.
            assertThat(registry.count(request -> request.header("Range").matches("bytes=[1-9][0-9]*-")))
                    .isPositive();
            assertThat(run.info).anyMatch(line -> line.contains("tried again"));
        }
    }

    @Test
    void givesUpOnALayerThatAlwaysBreaksOff() throws IOException {
        try (TestRun run = new TestRun()) {
            Image image = load(run, ":1");
            registry.fail(1000, request -> request.is("GET", ".*/blobs/.*"), Fault.cutAfter(10));

            assertThatThrownBy(() -> firstLayer(image)).hasMessageContaining("read blob sha256:");
            assertThat(registry.requests.size()).isLessThan(20);
        }
    }

    @Test
    void stallsAreEndedAndTriedAgain() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(5), 3);
        try (TestRun run = new TestRun(settings -> settings.withPatience(patience))) {
            registry.fail(1, request -> request.is("HEAD", ".*/manifests/.*"), Fault.stallUntil(end));
            registry.fail(1, request -> request.is("GET", ".*/blobs/.*"), Fault.stallAfter(1, end));

            assertThat(firstLayer(load(run, ":1"))).hasSize(300_000);
            assertThat(run.debug).anyMatch(line -> line.contains("no answer for 200 ms"));
            assertThat(run.debug).anyMatch(line -> line.contains("no bytes came for 200 ms"));
        } finally {
            end.countDown();
        }
    }

    @Test
    void storesNothingThatHasAnotherDigest() throws IOException {
        try (TestRun run = new TestRun()) {
            Image image = load(run, ":1");
            String layer = image.lowestFirst().get(0).descriptor().digest().toString();
            registry.fail(
                    9,
                    request -> request.is("GET", ".*" + layer),
                    (request, answer, service) -> answer.send(200, TestImages.bytes(9, 300_000)));

            assertThatThrownBy(() -> firstLayer(image)).hasMessageContaining("is damaged");
            assertThat(store.blobs()
                            .contains(image.lowestFirst().get(0).descriptor().digest()))
                    .isFalse();
        }
    }

    @Test
    void refusesAManifestThatHasAnotherDigest() throws IOException {
        registry.fail(
                9,
                request -> request.is("GET", ".*/manifests/.*"),
                (request, answer, service) -> answer.send(200, "{\"layers\":[]}".getBytes(UTF_8)));
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> load(run, "@" + root.digest())).hasMessageContaining("another digest");
        }
    }

    @Test
    void takesFromMirrorsFirstAndPassesOverThoseThatFail() throws IOException {
        try (FakeRegistry mirror = new FakeRegistry();
                FakeRegistry broken = new FakeRegistry()) {
            TestImages.seed(mirror, "cache/a/b", "1", original);
            broken.fail(100, request -> !request.path().equals("/v2/"), Fault.status(500));
            TreeMap<String, List<String>> mirrors = new TreeMap<>();
            mirrors.put(registry.host(), List.of(broken.url(), mirror.host() + "/cache"));
            try (TestRun run = new TestRun(settings -> settings.withMirrors(mirrors))) {
                assertThat(firstLayer(load(run, ":1"))).hasSize(300_000);
            }
            assertThat(registry.log()).isEmpty();
            assertThat(broken.log()).hasSize(2);
        }
    }

    @Test
    void fetchesFromTheRegistryWhatAMirrorGivesWrongly() throws IOException {
        Descriptor layer = original.layers().keySet().iterator().next();
        try (FakeRegistry mirror = new FakeRegistry()) {
            TestImages.seed(mirror, "a/b", "1", original);
            mirror.fail(
                    100,
                    request -> request.is("GET", ".*/blobs/.*"),
                    (request, answer, service) -> answer.send(200, TestImages.bytes(9, 300_000)));
            TreeMap<String, List<String>> mirrors = new TreeMap<>();
            mirrors.put(registry.host(), List.of(mirror.url()));
            try (TestRun run = new TestRun(settings -> settings.withMirrors(mirrors))) {
                Image image = load(run, ":1"); // its config is wrong there as well
                assertThat(firstLayer(image)).isEqualTo(TestImages.bytes(1, 300_000));
                assertThat(run.info)
                        .anyMatch(line ->
                                line.contains(mirror.host() + "/a/b gave wrong bytes for blob " + layer.digest()));
            }
            assertThat(mirror.log())
                    .filteredOn(line -> line.contains(layer.digest().toString()))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsPinnedIsNotReadIntoMemoryIfItIsTooLargeForADocument() throws IOException {
        byte[] large = new byte[OciJson.MAX_DOCUMENT_BYTES + 1];
        Digest digest = store.blobs().put(MediaType.LAYER_TAR, large).digest();
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> load(run, "@" + digest)).hasMessageContaining("something larger than");
        }
    }

    @Test
    void asksTheRegistryForWhatAMirrorDoesNotHave() throws IOException {
        try (FakeRegistry mirror = new FakeRegistry()) {
            TreeMap<String, List<String>> mirrors = new TreeMap<>();
            mirrors.put(registry.host(), List.of(mirror.url()));
            try (TestRun run = new TestRun(settings -> settings.withMirrors(mirrors))) {
                assertThat(firstLayer(load(run, ":1"))).hasSize(300_000);
            }
        }
    }

    @Test
    void usesOneConnectionForMany() throws IOException {
        try (TestRun run = new TestRun()) {
            firstLayer(load(run, ":1"));
        }
        assertThat(registry.connections).hasSize(1);
        assertThat(temp.resolve("store").resolve("tmp")).isEmptyDirectory();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static io.jlayer.registry.TestImages.ARM64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryTargetTest extends AgainstFakeRegistry {

    private static final History LINE = new History(Optional.empty(), "test", "", false);

    private PushReport push(ImageDocuments image, String reference, String... tags) throws IOException {
        try (TestRun run = new TestRun()) {
            return push(run, image, reference, tags);
        }
    }

    @Test
    void sendsBlobsThenManifestsThenTags() throws IOException {
        ImageDocuments image = TestImages.documents(TestImages.image(1, 3));

        PushReport report = push(image, "a/b:1", "latest");

        assertThat(registry.manifest("a/b", "1").orElseThrow())
                .isEqualTo(registry.manifest("a/b", "latest").orElseThrow());
        assertThat(report.digest()).isEqualTo(image.root().digest());
        assertThat(report.tags()).containsExactly("1", "latest");
        assertThat(report.sent()).isEqualTo(4);
        assertThat(report.bytesSent()).isGreaterThan(3000).isLessThan(6000);
        List<String> puts = registry.log().stream()
                .filter(line -> line.startsWith("PUT"))
                .map(line -> line.replaceAll("uploads/.*", "uploads"))
                .toList();
        assertThat(puts)
                .containsExactly(
                        "PUT /v2/a/b/blobs/uploads",
                        "PUT /v2/a/b/blobs/uploads",
                        "PUT /v2/a/b/blobs/uploads",
                        "PUT /v2/a/b/blobs/uploads",
                        "PUT /v2/a/b/manifests/" + image.root().digest(),
                        "PUT /v2/a/b/manifests/1",
                        "PUT /v2/a/b/manifests/latest");
    }

    @Test
    void sendsEachBlobInOnePieceOfKnownLength() throws IOException {
        push(TestImages.documents(TestImages.image(1, 3)), "a/b:1");

        assertThat(registry.requests)
                .allMatch(request -> request.header("Transfer-Encoding").isEmpty())
                .noneMatch(request -> request.method().equals("PATCH"));
        assertThat(registry.connections).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void asksLittleWhenNothingChanged() throws IOException {
        ImageDocuments image = TestImages.documents(TestImages.image(1, 30));
        push(image, "a/b:1", "latest");
        registry.requests.clear();

        PushReport report = push(image, "a/b:1", "latest");

        assertThat(registry.log()).containsExactly("HEAD /v2/a/b/manifests/1", "HEAD /v2/a/b/manifests/latest");
        assertThat(report.present()).isEqualTo(31);
        assertThat(report.bytesSent()).isZero();
        assertThat(report.requests()).isLessThan(10);
    }

    @Test
    void givesAnImageThatIsThereOnlyItsNewName() throws IOException {
        ImageDocuments image = TestImages.documents(TestImages.image(1, 30));
        push(image, "a/b:1");
        registry.requests.clear();

        push(image, "a/b:2");

        assertThat(registry.log())
                .containsExactly(
                        "HEAD /v2/a/b/manifests/2",
                        "HEAD /v2/a/b/manifests/" + image.root().digest(),
                        "PUT /v2/a/b/manifests/2");
    }

    @Test
    void sendsOnlyWhatChangedSinceThePreviousRelease() throws IOException {
        Image before = TestImages.image(1, 30);
        push(TestImages.documents(before.append(TestImages.layer(TestImages.bytes(100, 500)), LINE)), "a/b:latest");
        registry.requests.clear();

        PushReport report = push(
                TestImages.documents(before.append(TestImages.layer(TestImages.bytes(101, 500)), LINE)), "a/b:latest");

        assertThat(report.sent()).isEqualTo(2);
        assertThat(report.present()).isEqualTo(30);
        assertThat(registry.log()).hasSizeLessThan(15);
    }

    @Test
    void asksOnceForEachUnchangedLayerUnderANewTag() throws IOException {
        Image before = TestImages.image(1, 10);
        push(TestImages.documents(before), "a/b:1");
        registry.requests.clear();

        push(TestImages.documents(before.append(TestImages.layer(TestImages.bytes(100, 500)), LINE)), "a/b:2");

        for (Layer layer : before.lowestFirst()) {
            String digest = layer.descriptor().digest().toString();
            assertThat(registry.count(request -> request.uri().toString().contains(digest)))
                    .isEqualTo(1);
        }
    }

    @Test
    void sendsAgainWhatTheRegistryLostOfThePreviousRelease() throws IOException {
        Image before = TestImages.image(1, 3);
        push(TestImages.documents(before), "a/b:1");
        Digest lost = before.lowestFirst().get(0).descriptor().digest();
        registry.dropBlob("a/b", lost);

        push(TestImages.documents(before.append(TestImages.layer(TestImages.bytes(100, 500)), LINE)), "a/b:1");

        assertThat(registry.hasBlob("a/b", lost)).isTrue();
    }

    @Test
    void mountsBaseLayersWithoutFetchingThem() throws IOException {
        ImageDocuments base = TestImages.documents(TestImages.image(1, 3));
        TestImages.seed(registry, "base/os", "1", base);
        Store store = Store.open(temp.resolve("store"));
        try (TestRun run = new TestRun()) {
            Image image = load(run, store, "base/os:1").append(TestImages.layer(TestImages.bytes(50, 70)), LINE);

            PushReport report = push(run, TestImages.documents(image), "a/b:1");

            assertThat(report.mounted()).isEqualTo(3);
            assertThat(report.sent()).isEqualTo(2);
            assertThat(registry.count(request -> request.is("GET", "/v2/base/os/blobs/.*")))
                    .as("the config alone")
                    .isEqualTo(1);
        }
    }

    @Test
    void sendsBaseLayersWhereTheyCannotBeMounted() throws IOException {
        registry.mounts = false;
        registry.relativeLocations = false;
        TestImages.seed(registry, "base/os", "1", TestImages.documents(TestImages.image(1, 3)));
        Store store = Store.open(temp.resolve("store"));
        try (TestRun run = new TestRun()) {
            PushReport report = push(run, TestImages.documents(load(run, store, "base/os:1")), "a/b:1");

            assertThat(report.sent()).isEqualTo(4);
            assertThat(registry.count(request -> request.is("POST", ".*"))).isEqualTo(4);
        }
    }

    @Test
    void sendsWhereMountingIsRefused() throws IOException {
        registry.fail(9, request -> request.query().containsKey("mount"), Fault.refusal(403, "DENIED"));
        TestImages.seed(registry, "base/os", "1", TestImages.documents(TestImages.image(1, 1)));
        Store store = Store.open(temp.resolve("store"));
        try (TestRun run = new TestRun()) {
            assertThat(push(run, TestImages.documents(load(run, store, "base/os:1")), "a/b:1")
                            .sent())
                    .isEqualTo(2);
        }
    }

    private Image load(TestRun run, Store store, String reference) throws IOException {
        ImageRef ref = ImageRef.parse(registry.host() + "/" + reference);
        return run.client.source(ref, store.records("r"), run.warnings::add).load(AMD64, store.blobs());
    }

    @Test
    void mountsInTheSecondRepositoryWhatTheFirstGot() throws IOException {
        ImageDocuments image = TestImages.documents(TestImages.image(1, 3));
        try (TestRun run = new TestRun()) {
            push(run, image, "a/b:1");

            PushReport second = push(run, image, "c/d:1");

            assertThat(second.mounted()).isEqualTo(4);
        }
    }

    @Test
    void pushesAnIndexWithAllItsPlatforms() throws IOException {
        Layer shared = TestImages.layer(TestImages.bytes(1, 100));
        for (Format format : Format.values()) {
            ImageDocuments image = ImageDocuments.of(
                    List.of(TestImages.image(AMD64, shared), TestImages.image(ARM64, shared)), format);

            PushReport report = push(image, "multi/" + format.name().toLowerCase(Locale.ROOT) + ":1");

            assertThat(report.digest()).isEqualTo(image.root().digest());
            assertThat(report.blobs()).hasSize(3);
            assertThat(registry.count(request -> request.header("Content-Type")
                            .equals(MediaType.INDEX.in(format).name())))
                    .isEqualTo(2);
        }
    }

    @Test
    void pushesNothingOffline() throws IOException {
        try (TestRun run = new TestRun(settings -> settings.withOffline(true))) {
            assertThatThrownBy(() -> push(run, TestImages.documents(TestImages.image(1, 1)), "a/b:1"))
                    .hasMessageContaining("not used while offline");
        }
        assertThat(registry.requests).isEmpty();
    }

    @Test
    void aDigestCannotBeChosen() throws IOException {
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> target(run, "a/b@" + Digest.sha256("x")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Blob;
import io.jlayer.blob.Store;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCacheTest {

    private static final Digest RECIPE = Digest.sha256("recipe");
    private static final Digest OTHER = Digest.sha256("other");
    private static final byte[] CONTENT = TestImages.bytes(1, 5000);
    private static final Blob LOCAL = Blob.of("made here".getBytes(UTF_8));

    @TempDir
    Path temp;

    private FakeRegistry registry;
    private Store store;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        store = Store.open(temp.resolve("store"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistryCache cache(TestRun run, String key) {
        return run.client.cache(ImageRef.parse(registry.host() + "/fleet/cache"), key, run.warnings::add);
    }

    private void put(Digest recipe, String key) throws IOException {
        try (TestRun run = new TestRun()) {
            cache(run, key).put(recipe, TestImages.layer(CONTENT));
            assertThat(run.warnings).isEmpty();
        }
    }

    private Optional<Layer> find(TestRun run, Digest recipe) throws IOException {
        return cache(run, "key").find(recipe, store.blobs(), LOCAL);
    }

    @Test
    void findsWhatAnotherMachineMade() throws IOException {
        put(RECIPE, "key");
        try (TestRun run = new TestRun()) {
            Layer layer = find(run, RECIPE).orElseThrow();

            assertThat(layer.descriptor()).isEqualTo(TestImages.layer(CONTENT).descriptor());
            assertThat(layer.diffId()).isEqualTo(TestImages.layer(CONTENT).diffId());
            assertThat(TestImages.all(layer.blob())).isEqualTo(CONTENT);
            assertThat(find(run, OTHER)).isEmpty();
        }
    }

    @Test
    void neitherFetchesNorSendsWhatItMounts() throws IOException {
        put(RECIPE, "key");
        registry.requests.clear();
        try (TestRun run = new TestRun()) {
            Layer layer = find(run, RECIPE).orElseThrow();
            RegistryTarget target = run.client.target(ImageRef.parse(registry.host() + "/a/b:1"), List.of());
            target.write(TestImages.documents(TestImages.image(TestImages.AMD64, layer)));

            assertThat(target.report().orElseThrow().mounted()).isEqualTo(1);
            assertThat(registry.count(request -> request.is("GET", ".*/blobs/.*")))
                    .isZero();
            assertThat(store.blobs().contains(layer.descriptor().digest())).isFalse();
        }
    }

    @Test
    void believesOnlyItsOwnSeal() throws IOException {
        put(RECIPE, "another key");
        try (TestRun run = new TestRun()) {
            assertThat(find(run, RECIPE)).isEmpty();
        }
    }

    @Test
    void believesNoEntryOfAnotherRecipeAndNoneThatWasChanged() throws IOException {
        put(RECIPE, "key");
        byte[] entry = registry.manifest("fleet/cache", CacheEntry.tag(RECIPE)).orElseThrow();
        String text = new String(entry, UTF_8);
        byte[] foreign = TestImages.bytes(9, 5000);
        registry.putBlob("fleet/cache", foreign);
        String digest = Digest.sha256(CONTENT).toString();
        String poisoned = text.replaceFirst(digest, Digest.sha256(foreign).toString());
        for (String changed : List.of(
                poisoned,
                text.replace(digest, Digest.sha256(foreign).toString()),
                text.replace("5000", "4999"),
                text.replace("layer.v1.tar\"", "layer.v1.tar+gzip\""),
                "{\"layers\":[]}")) {
            assertThat(changed).isNotEqualTo(text);
            registry.putManifest(
                    "fleet/cache", CacheEntry.tag(RECIPE), MediaType.MANIFEST.name(), changed.getBytes(UTF_8));
            try (TestRun run = new TestRun()) {
                assertThat(find(run, RECIPE)).isEmpty();
            }
        }
        registry.putManifest("fleet/cache", CacheEntry.tag(OTHER), MediaType.MANIFEST.name(), entry);
        try (TestRun run = new TestRun()) {
            assertThat(find(run, OTHER)).isEmpty();
        }
    }

    @Test
    void makesHereWhatCannotBeFetchedOrIsDamaged() throws IOException {
        put(RECIPE, "key");
        try (TestRun run = new TestRun()) {
            Layer layer = find(run, RECIPE).orElseThrow();
            registry.fail(
                    1,
                    request -> request.is("GET", ".*/blobs/.*"),
                    (request, answer, service) -> answer.send(200, TestImages.bytes(9, 5000)));
            assertThat(TestImages.all(layer.blob())).isEqualTo("made here".getBytes(UTF_8));
            registry.dropBlob("fleet/cache", layer.descriptor().digest());
            assertThat(TestImages.all(layer.blob())).isEqualTo("made here".getBytes(UTF_8));
        }
    }

    @Test
    void aFailureTurnsItOffAndFailsNothing() throws IOException {
        registry.fail(1000, request -> true, Fault.status(500));
        try (TestRun run = new TestRun()) {
            RegistryCache cache = cache(run, "key");
            assertThat(cache.find(RECIPE, store.blobs(), LOCAL)).isEmpty();
            int requests = run.client.requests();
            cache.put(RECIPE, TestImages.layer(CONTENT));
            assertThat(cache.find(OTHER, store.blobs(), LOCAL)).isEmpty();

            assertThat(run.client.requests()).isEqualTo(requests).isLessThan(6);
            assertThat(run.warnings).singleElement().asString().contains("fleet/cache is not used");
        }
    }

    @Test
    void needsAKey() throws IOException {
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> cache(run, "")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

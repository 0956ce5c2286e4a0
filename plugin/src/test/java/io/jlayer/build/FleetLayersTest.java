// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.http.Events;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerRecipe;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Digest;
import io.jlayer.registry.FakeRegistry;
import io.jlayer.registry.RegistrySettings;
import io.jlayer.transport.CacheSettings;
import io.jlayer.transport.Registries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetLayersTest {

    private static final LayerSpec SPEC = spec("what the application is made of");

    @TempDir
    Path temp;

    private final List<String> warnings = new ArrayList<>();
    private final Workers workers = new Workers(1);
    private FakeRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
        workers.close();
    }

    private static LayerSpec spec(String text) {
        FileEntry file =
                new FileEntry.Regular(LayerPath.of("/app/a"), Metadata.FILE, FileContent.of(text.getBytes(UTF_8)));
        return new LayerSpec("a", List.of(file));
    }

    /** A machine with a disk of its own. */
    private final class Machine implements AutoCloseable {

        private final Store store;
        private final Registries registries;
        private final Optional<FleetLayers> fleet;

        Machine(String name, String key, boolean offline, boolean fetch) throws IOException {
            store = Store.open(temp.resolve(name));
            registries = new Registries(() -> RegistrySettings.defaults().withOffline(offline), Events.NONE);
            CacheSettings settings = new CacheSettings(registry.host() + "/fleet/layers", key);
            fleet = registries.cache(settings, warnings::add).map(cache -> {
                try {
                    return new FleetLayers(cache, store, Compression.GZIP, fetch, warnings::add);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }

        LayerFactory.Made make() throws IOException {
            LayerFactory factory = new LayerFactory(store, Compression.GZIP, workers, fleet);
            LayerFactory.Made made = factory.make(SPEC);
            factory.share();
            return made;
        }

        @Override
        public void close() throws IOException {
            registries.close();
        }
    }

    private LayerFactory.Made make(String machine, String key) throws IOException {
        try (Machine one = new Machine(machine, key, false, false)) {
            return one.make();
        }
    }

    @Test
    void oneMachinePacksForAll() throws IOException {
        LayerFactory.Made first = make("first", "key");
        LayerFactory.Made second = make("second", "key");

        assertThat(first.state()).isEqualTo(LayerFactory.State.BUILT);
        assertThat(second.state()).isEqualTo(LayerFactory.State.SHARED);
        assertThat(second.layer().descriptor()).isEqualTo(first.layer().descriptor());
        assertThat(second.layer().diffId()).isEqualTo(first.layer().diffId());
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatIsOnlyPushedIsNotFetchedAndWhatIsWrittenHereIs() throws IOException {
        Digest digest = make("first", "key").layer().descriptor().digest();
        try (Machine pushing = new Machine("pushing", "key", false, false);
                Machine writing = new Machine("writing", "key", false, true)) {
            pushing.make();
            writing.make();

            assertThat(pushing.store.blobs().contains(digest)).isFalse();
            assertThat(writing.store.blobs().contains(digest)).isTrue();
        }
    }

    @Test
    void sharesWhatWasMadeBeforeThereWasACache() throws IOException {
        assertThat(make("old", "").state()).isEqualTo(LayerFactory.State.BUILT);
        assertThat(make("old", "key").state()).isEqualTo(LayerFactory.State.REUSED);
        assertThat(make("new", "key").state()).isEqualTo(LayerFactory.State.SHARED);
    }

    @Test
    void whoKnowsTheKeyCannotChangeWhatALayerHolds() throws IOException {
        try (Machine liar = new Machine("liar", "key", false, false)) {
            Layer other = new LayerWriter(liar.store.blobs(), Compression.GZIP, workers).write(spec("something else"));
            Digest recipe = LayerRecipe.of(SPEC, Compression.GZIP);
            liar.registries
                    .cache(new CacheSettings(registry.host() + "/fleet/layers", "key"), warnings::add)
                    .orElseThrow()
                    .put(liar.fleet.orElseThrow().name(recipe), other);
        }
        LayerFactory.Made made = make("honest", "key");

        assertThat(made.state()).isEqualTo(LayerFactory.State.BUILT);
        try (InputStream in = made.layer().blob().open()) {
            assertThat(Digest.sha256(in.readAllBytes()))
                    .isEqualTo(made.layer().descriptor().digest());
        }
        assertThat(warnings).singleElement().asString().contains("another layer");
        assertThat(make("next", "key").state()).isEqualTo(LayerFactory.State.SHARED);
    }

    @Test
    void withoutAKeyOrANetworkThereIsNoCache() throws IOException {
        make("first", "key");
        assertThat(make("fork", "").state()).isEqualTo(LayerFactory.State.BUILT);
        assertThat(warnings).singleElement().asString().contains("there is no key");
        try (Machine offline = new Machine("offline", "key", true, false)) {
            assertThat(offline.make().state()).isEqualTo(LayerFactory.State.BUILT);
        }
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aCacheThatIsDownFailsNothing() throws IOException {
        try (Machine machine = new Machine("alone", "key", false, false)) {
            registry.close();
            assertThat(machine.make().state()).isEqualTo(LayerFactory.State.BUILT);
        }
        assertThat(warnings).singleElement().asString().contains("is not used");
    }
}

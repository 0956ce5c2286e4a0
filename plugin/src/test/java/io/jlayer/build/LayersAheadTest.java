// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import io.jlayer.plan.BuildPlan;
import io.jlayer.plan.PlannedLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets hear of layers while others are still made. */
class LayersAheadTest {

    private static final int LAYERS = 4;

    @TempDir
    Path temp;

    private Store store;

    @BeforeEach
    void store() throws IOException {
        store = Store.open(temp);
    }

    /** What was heard, in order. */
    private static final class Listener implements ImageTarget {

        private final Map<Digest, Boolean> heard = new LinkedHashMap<>();
        private final List<ImageDocuments> written = new ArrayList<>();
        private Optional<IOException> failure = Optional.empty();

        @Override
        public void expect(Layer layer, boolean isNew) throws IOException {
            heard.put(layer.descriptor().digest(), isNew);
            if (failure.isPresent()) {
                throw failure.get();
            }
        }

        @Override
        public void write(ImageDocuments image) {
            written.add(image);
        }
    }

    private static PlannedLayer layer(int number) {
        FileEntry file = new FileEntry.Regular(
                LayerPath.of("/app/" + number), Metadata.FILE, FileContent.of(("file " + number).getBytes(UTF_8)));
        return new PlannedLayer(
                "classes", new LayerSpec("layer " + number, List.of(file)), PlannedLayer.Place.APPLICATION);
    }

    private void build(Listener target) throws IOException {
        List<PlannedLayer> layers = new ArrayList<>();
        for (int number = 0; number < LAYERS; number++) {
            layers.add(layer(number));
        }
        BuildPlan plan = new BuildPlan(
                "scratch",
                List.of(Platform.parse("linux/amd64")),
                layers,
                SmallApplication.containerOf(Optional.empty(), List.of(), new TreeMap<>()),
                List.of(),
                OptionalInt.empty(),
                Instant.EPOCH,
                new TreeMap<>(),
                Format.OCI,
                Compression.GZIP);
        new ImageBuilder(store, 1, Optional.empty())
                .build(plan, (platform, blobs) -> Image.scratch(platform), List.of(target), new Timings());
    }

    @Test
    void eachLayerIsAnnouncedOnceItIsThere() throws IOException {
        Listener first = new Listener();
        build(first);
        Listener second = new Listener();
        build(second);

        List<Digest> layers = first.written.get(0).layers().keySet().stream()
                .map(descriptor -> descriptor.digest())
                .toList();
        assertThat(first.heard.keySet()).containsExactlyElementsOf(layers);
        assertThat(first.heard).hasSize(LAYERS).doesNotContainValue(false);
        assertThat(second.heard.keySet()).containsExactlyElementsOf(layers);
        assertThat(second.heard).doesNotContainValue(true);
    }

    @Test
    void aTargetThatFailedEndsTheBuild() {
        Listener target = new Listener();
        target.failure = Optional.of(new IOException("the registry says no"));

        assertThatThrownBy(() -> build(target)).hasMessage("the registry says no");

        assertThat(target.written).isEmpty();
    }
}

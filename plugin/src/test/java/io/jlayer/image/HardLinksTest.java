// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.MemoryStore;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HardLinksTest {

    private final MemoryStore blobs = new MemoryStore();
    private final AtomicInteger opened = new AtomicInteger();
    private final HardLinks links = new HardLinks();

    private Layer layer(String name) throws IOException {
        Layer layer = Images.layer(
                blobs,
                Images.file(name, "x"),
                Images.directory("d-" + name, 0755),
                Images.file("e-" + name + "/f", ""));
        return new Layer(
                layer.diffId(),
                layer.descriptor(),
                () -> {
                    opened.incrementAndGet();
                    return layer.blob().open();
                },
                layer.tarSize());
    }

    private static HardLinks.Open to(String target) {
        return new HardLinks.Open(LayerPath.of("link"), LayerPath.of(target));
    }

    @Test
    void whatIsBelowIsFoundAndWhatIsAboveIsNot() throws IOException {
        assertThat(links.next("0", layer("a"), List.of())).isEmpty();
        List<String> said = new ArrayList<>();
        links.next("1", layer("b"), List.of(to("a"), to("d-a"), to("e-a"), to("b"), to("d-b"), to("c"), to("link")))
                .forEach(finding -> said.add(finding.what()));
        assertThat(said)
                .containsExactly(
                        "/link is a hard link to /a, which does not come before it in this layer, but in one below:"
                                + " not every client looks there",
                        "/link is a hard link to /d-a, which is a directory",
                        "/link is a hard link to /e-a, which is a directory",
                        "/link is a hard link to /b, which only comes after it",
                        "/link is a hard link to /d-b, which is a directory",
                        "/link is a hard link to /c, which is in no layer",
                        "/link is a hard link to itself");
    }

    @Test
    void howeverManyLayersHaveLinksEachIsReadThreeTimes() throws IOException {
        for (int i = 0; i < 20; i++) {
            links.next("layer", layer("file" + i), List.of(to("file0")));
        }
        assertThat(opened).hasValue(3 * 20);
    }
}

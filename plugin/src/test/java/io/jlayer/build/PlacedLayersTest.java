// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.plan.ExtraLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of files lie on each other as they do on a base. */
class PlacedLayersTest {

    @TempDir
    Path directory;

    private static ExtraLayer.FileSet files(Path from, String into, String directoryMode) {
        return ExtraLayer.FileSet.of(from, into, List.of(), List.of(), null, directoryMode, "0:0");
    }

    private static List<String> entries(BuildReport report, String name) throws IOException {
        List<String> shown = new ArrayList<>();
        for (BuildReport.LayerReport layer : report.platforms().get(0).lowestFirst()) {
            if (layer.name().equals(name)) {
                try (LayerReader reader = LayerReader.open(layer.layer().blob())) {
                    for (Optional<LayerReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                        int mode = next.get().tar().mode();
                        shown.add(next.get().path() + " " + Integer.toOctalString(mode));
                    }
                }
            }
        }
        return shown;
    }

    @Test
    void aLayerFollowsTheLinksAndDirectoriesOfTheOneBefore() throws IOException {
        SmallApplication application = new SmallApplication(directory);
        application.write("tree/data/first", "1");
        Path second = application.write("second", "2");
        Path tree = application.project.resolve("tree");
        application.extraLayers.add(new ExtraLayer(
                "below",
                List.of(files(tree, "/", "1777")),
                List.of(new ExtraLayer.Link(LayerPath.of("current"), "data"))));
        application.extraLayers.add(new ExtraLayer("above", List.of(files(second, "/current/", null)), List.of()));

        BuildReport report = application.build();

        assertThat(entries(report, "below")).containsExactly("/current 777", "/data 1777", "/data/first 644");
        assertThat(entries(report, "above")).containsExactly("/data 1777", "/data/second 644");
    }
}

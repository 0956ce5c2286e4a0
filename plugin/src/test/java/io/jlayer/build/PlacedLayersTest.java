// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.plan.ExtraLayer;
import java.io.IOException;
import java.nio.file.Files;
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

    private static ExtraLayer layer(String name, ExtraLayer.FileSet... files) {
        return new ExtraLayer(name, List.of(files), List.of());
    }

    private SmallApplication on(String... directoriesOfBase) throws IOException {
        SmallApplication application = new SmallApplication(directory);
        for (String path : directoriesOfBase) {
            application.write("root/" + path + "/.there", "");
        }
        application.write("root/etc/hostname", "");
        application.from = "rootfs:root";
        return application;
    }

    private static void refused(SmallApplication application, ExtraLayer layer, String message) {
        application.extraLayers.clear();
        application.extraLayers.add(layer);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContaining(message)
                .withMessageContaining("layer '" + layer.name() + "'");
    }

    @Test
    void aFileGoesIntoADirectoryThatTheBaseHas() throws IOException {
        SmallApplication application = on("etc", "usr/lib");
        Files.createSymbolicLink(application.project.resolve("root/lib"), Path.of("usr/lib"));
        Path file = application.write("config.yml", "x");
        application.extraLayers.add(layer(
                "more", files(file, "/etc", null), files(file, "/lib", null), files(file, "/etc/other.yml", null)));

        assertThat(entries(application.build(), "more"))
                .containsExactly(
                        "/etc 755",
                        "/etc/config.yml 644",
                        "/etc/other.yml 644",
                        "/usr 755",
                        "/usr/lib 755",
                        "/usr/lib/config.yml 644");
    }

    @Test
    void aFileGoesIntoADirectoryThatALayerHas() throws IOException {
        SmallApplication application = on("etc");
        application.write("tree/in/first", "1");
        Path tree = application.project.resolve("tree");
        Path file = application.write("file", "2");
        Path other = application.write("other", "3");
        application.extraLayers.add(layer("below", files(tree, "/data", null)));
        application.extraLayers.add(layer(
                "above",
                files(file, "/data/in", null),
                files(file, "/new", null),
                files(other, "/new/deep", null),
                files(tree, "/srv", null),
                files(file, "/srv", null)));

        assertThat(entries(application.build(), "above"))
                .containsExactly(
                        "/data 755",
                        "/data/in 755",
                        "/data/in/file 644",
                        "/new 755",
                        "/new/deep 644",
                        "/new/file 644",
                        "/srv 755",
                        "/srv/file 644",
                        "/srv/in 755",
                        "/srv/in/first 644");
    }

    @Test
    void aFileGoesIntoTheDirectoriesOfTheApplicationAndReplacesNoneOfItsFiles() throws IOException {
        SmallApplication application = on("etc");
        Path file = application.write("config.yml", "x");
        application.extraLayers.add(layer("more", files(file, "/app", null), files(file, "/app/classes", null)));
        assertThat(entries(application.build(), "more"))
                .containsExactly("/app 755", "/app/classes 755", "/app/classes/config.yml 644", "/app/config.yml 644");

        refused(
                application,
                layer("it", files(file, "/app/classpath", null)),
                "/app/classpath is the application's own");
        Path tree = application.write("tree/x", "").getParent();
        refused(
                application,
                layer("dir", files(tree, "/app/classpath", null)),
                "/app/classpath is the application's own");
        ExtraLayer.Link link = new ExtraLayer.Link(LayerPath.of("app/classes"), "/srv");
        refused(
                application,
                new ExtraLayer("link", List.of(), List.of(link)),
                "/app/classes is a directory in the image");
    }

    @Test
    void nothingTakesThePlaceOfADirectoryAndNoDirectoryThatOfAFile() throws IOException {
        SmallApplication application = on("etc");
        Path tree = application.write("tree/x", "").getParent();
        refused(application, layer("tree", files(tree, "/etc/hostname", null)), "/etc/hostname is a file in the image");
        ExtraLayer.Link link = new ExtraLayer.Link(LayerPath.of("etc"), "/srv");
        refused(application, new ExtraLayer("link", List.of(), List.of(link)), "/etc is a directory in the image");
        Path file = application.write("file", "");
        refused(
                application,
                layer("twice", files(file, "/new", null), files(application.write("other", ""), "/new", null)),
                "/new is given twice, and is no directory in the image");

        application.write("src/main/jlayer/etc", "no directory");
        application.extraLayers.clear();
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContaining("/etc is a directory in the image")
                .withMessageContaining("layer 'src/main/jlayer'");
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

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    Path directory;

    private SmallApplication application;

    @BeforeEach
    void application() throws IOException {
        application = new SmallApplication(directory);
    }

    private JsonObject report() throws IOException {
        return OciJson.parse(Files.readAllBytes(application.output().resolve("image.json")));
    }

    private String text(String name) throws IOException {
        return Files.readString(application.output().resolve(name), UTF_8);
    }

    private long bytes() throws IOException {
        try (var blobs = Files.list(application.output().resolve("image/blobs/sha256"))) {
            return blobs.mapToLong(blob -> blob.toFile().length()).sum();
        }
    }

    @Test
    void membersAreThoseThatAreDocumented() throws IOException {
        application.build();
        assertThat(report().members().keySet())
                .containsExactlyInAnyOrder(
                        "reference",
                        "tags",
                        "digest",
                        "imageId",
                        "mediaType",
                        "size",
                        "platforms",
                        "pushed",
                        "timings");
        JsonObject platform = report().objects("platforms").get(0);
        assertThat(platform.members().keySet()).containsExactlyInAnyOrder("platform", "digest", "layers");
        assertThat(platform.objects("layers").get(0).members().keySet())
                .containsExactlyInAnyOrder(
                        "name", "digest", "diffId", "mediaType", "size", "tarSize", "origin", "state");
        JsonObject timings = report().object("timings").orElseThrow();
        assertThat(timings.objects("layers").get(0).members().keySet())
                .containsExactlyInAnyOrder("name", "platform", "digestingMillis", "makingMillis");
    }

    @Test
    void valuesAreTheImages() throws IOException {
        BuildReport built = application.build();
        JsonObject report = report();
        assertThat(report.text("reference")).hasValue("small:latest");
        assertThat(report.texts("tags")).containsExactly("latest");
        assertThat(report.text("digest")).hasValue(built.image().root().digest().toString());
        assertThat(text("image.digest")).isEqualTo(built.image().root().digest().toString());
        assertThat(report.text("imageId")).hasValue(text("image.id"));
        assertThat(report.number("size").orElseThrow().longValue()).isEqualTo(bytes());
        assertThat(report.texts("pushed")).isEmpty();
    }

    @Test
    void layersAreSaidToBeBuiltThenReused() throws IOException {
        application.build();
        assertThat(states()).containsExactly("built", "built");
        application.build();
        assertThat(states()).containsExactly("reused", "reused");
    }

    private List<String> states() throws IOException {
        return report().objects("platforms").get(0).objects("layers").stream()
                .map(layer -> layer.text("state").orElseThrow())
                .toList();
    }

    @Test
    void everyPhaseAndEveryLayerHasItsTime() throws IOException {
        long start = System.nanoTime();
        BuildReport built = application.build();
        Duration all = Duration.ofNanos(System.nanoTime() - start);
        assertThat(built.timings().keySet()).containsExactly("classes", "plan", "base", "layers", "write");
        assertThat(built.timings().values().stream().reduce(Duration.ZERO, Duration::plus))
                .isLessThanOrEqualTo(all);
        assertThat(report().object("timings").orElseThrow().members().keySet())
                .containsExactly("classesMillis", "planMillis", "baseMillis", "layersMillis", "writeMillis", "layers");
        for (BuildReport.LayerReport layer : built.platforms().get(0).lowestFirst()) {
            assertThat(layer.digesting()).isPositive();
            assertThat(layer.making()).isPositive();
            assertThat(layer.digesting().plus(layer.making()))
                    .isLessThanOrEqualTo(built.timings().get("layers"));
        }
    }

    @Test
    void severalPlatformsShareTheirLayersAndTheIndexIsTheDigest() throws IOException {
        application.platforms = List.of(Platform.parse("linux/arm64/v8"), Platform.parse("linux/amd64"));
        application.to.add("oci-archive:app.tar:v1");
        application.build();
        assertThat(report().objects("platforms"))
                .extracting(platform -> platform.text("platform").orElseThrow())
                .containsExactly("linux/arm64/v8", "linux/amd64");
        assertThat(report().text("mediaType").orElseThrow()).contains("index");
        assertThat(report().text("reference")).hasValue("oci-archive:app.tar:v1");
        assertThat(report().number("size").orElseThrow().longValue()).isEqualTo(bytes());
    }

    @Test
    void filesThatWouldBeTheSameAreLeftAlone() throws IOException {
        application.build();
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(application.output().resolve("image.digest"), longAgo);
        application.build();
        assertThat(Files.getLastModifiedTime(application.output().resolve("image.digest")))
                .isEqualTo(longAgo);
    }
}

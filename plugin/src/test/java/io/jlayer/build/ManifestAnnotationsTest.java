// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.image.Image;
import io.jlayer.layer.Compression;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import io.jlayer.plan.BuildPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestAnnotationsTest {

    private static final String PREFIX = "org.opencontainers.image.";
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Digest MANIFEST = Digest.sha256("the base's manifest");

    private static final Map<String, String> BASES = Map.of(
            "com.example.team",
            "bases",
            PREFIX + "version",
            "12.5",
            PREFIX + "revision",
            "cafe",
            PREFIX + "title",
            "debian",
            PREFIX + "licenses",
            "MIT",
            PREFIX + "base.name",
            "docker.io/library/debian:12",
            PREFIX + "base.digest",
            "sha256:of-debian");

    private static Image base() {
        Image bare = Image.scratch(AMD64);
        return new Image(bare.config(), bare.lowestFirst(), new TreeMap<>(BASES), Optional.of(MANIFEST));
    }

    private static SortedMap<String, String> on(String from, Map<String, String> own) {
        BuildPlan plan = new BuildPlan(
                from,
                List.of(AMD64),
                List.of(),
                SmallApplication.containerOf(Optional.empty(), List.of(), new TreeMap<>()),
                List.of(),
                OptionalInt.empty(),
                Instant.EPOCH,
                new TreeMap<>(own),
                Format.OCI,
                Compression.GZIP);
        return ManifestAnnotations.of(plan, base());
    }

    @Test
    void whatTheBaseSaysOfItselfIsNotSaidOfTheApplication() {
        assertThat(on("eclipse-temurin:21-jre", Map.of(PREFIX + "version", "1.0")))
                .containsOnly(
                        Map.entry("com.example.team", "bases"),
                        Map.entry(PREFIX + "version", "1.0"),
                        Map.entry(PREFIX + "base.name", "docker.io/library/eclipse-temurin:21-jre"),
                        Map.entry(PREFIX + "base.digest", MANIFEST.toString()));
    }

    @Test
    void theBasesNameIsWhole() {
        assertThat(on("debian", Map.of())).containsEntry(PREFIX + "base.name", "docker.io/library/debian:latest");
        assertThat(on("localhost:5000/jre@" + MANIFEST, Map.of()))
                .containsEntry(PREFIX + "base.name", "localhost:5000/jre@" + MANIFEST);
    }

    @Test
    void aLayoutHasADigestAndNoNameForOthers() {
        assertThat(on("oci:bases:jre", Map.of()))
                .containsOnlyKeys("com.example.team", PREFIX + "base.digest")
                .isEqualTo(on("oci-archive:bases.tar:jre", Map.of()));
    }

    @Test
    void whatWasMadeHereOrIsInAnEngineHasNeither() {
        for (String from : List.of("jdk:", "scratch", "rootfs:dir", "docker-archive:a.tar", "docker-daemon:jre:21")) {
            assertThat(on(from, Map.of())).as(from).containsOnlyKeys("com.example.team");
        }
    }

    @Test
    void anEmptyTextTakesAway() {
        Map<String, String> none = Map.of("com.example.team", "", PREFIX + "base.name", "", PREFIX + "other", "");
        assertThat(on("debian:12", none)).containsOnlyKeys(PREFIX + "base.digest");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerSpec;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.History;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import io.jlayer.plan.BuildPlan;
import io.jlayer.plan.PlannedLayer;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BaseCheckTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");

    private static void check(int needed, String variable) {
        Image base = Image.scratch(AMD64);
        Image image = base.withConfig(base.config().withExecution(JsonObject.EMPTY.with("Env", List.of(variable))));
        BaseCheck.check(
                new BuildPlan(
                        "base",
                        List.of(AMD64),
                        List.of(),
                        SmallApplication.containerOf(Optional.empty(), List.of(), new TreeMap<>()),
                        List.of(),
                        needed == 0 ? OptionalInt.empty() : OptionalInt.of(needed),
                        Instant.EPOCH,
                        new TreeMap<>(),
                        Format.OCI,
                        Compression.GZIP),
                image);
    }

    private static Layer layer(String content) {
        Digest digest = Digest.sha256(content);
        Descriptor descriptor = new Descriptor(MediaType.LAYER_GZIP, digest, 1);
        return new Layer(new DiffId(digest), descriptor, () -> InputStream.nullInputStream(), OptionalLong.empty());
    }

    private static void count(int ofBase, String... origins) {
        Image base = Image.scratch(AMD64);
        for (int i = 0; i < ofBase; i++) {
            base = base.append(layer("layer " + i), new History(Optional.empty(), "test", "", false));
        }
        List<PlannedLayer> planned = new ArrayList<>();
        for (String origin : origins) {
            planned.add(new PlannedLayer(origin, new LayerSpec(origin, List.of()), PlannedLayer.Place.APPLICATION));
        }
        BuildPlan plan = new BuildPlan(
                "base",
                List.of(AMD64),
                planned,
                SmallApplication.containerOf(Optional.empty(), List.of(), new TreeMap<>()),
                List.of(),
                OptionalInt.empty(),
                Instant.EPOCH,
                new TreeMap<>(),
                Format.OCI,
                Compression.GZIP);
        BaseCheck.check(plan, base);
    }

    /** What is named as the remedy is one. */
    @Test
    void tooManyLayersAreThoseOfWhoCanHaveFewer() {
        String[] origins = {"dependencies", "dependencies", "snapshots", "resources", "classes"};
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> count(123, origins))
                .withMessageContaining("would have 128 layers")
                .withMessageContaining("set <maxLayers> to 2 or less");
        assertThatCode(() -> count(123, "dependencies", "snapshots", "resources", "classes"))
                .doesNotThrowAnyException();
        for (int base : new int[] {125, 127, 200}) {
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> count(base, origins))
                    .withMessageContaining("the base has too many: name one with 124 at most")
                    .withMessageNotContaining("maxLayers");
        }
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> count(127, "classes"))
                .withMessageContaining("name one with 126 at most");
    }

    @Test
    void versionsAreReadAsVendorsWriteThem() {
        for (String version : List.of("17.0.15+6", "jdk-17.0.5+11", "jdk17u", "17-ea", "java-17", "17")) {
            assertThatExceptionOfType(UserError.class)
                    .as(version)
                    .isThrownBy(() -> check(21, "JAVA_VERSION=" + version))
                    .withMessageContaining("need Java 21 and the base image has Java 17")
                    .withMessageContaining("(<from>base</from>)");
            assertThatCode(() -> check(17, "JAVA_VERSION=" + version)).doesNotThrowAnyException();
        }
        for (String version : List.of("8u432", "1.8.0_432")) {
            assertThatExceptionOfType(UserError.class)
                    .as(version)
                    .isThrownBy(() -> check(9, "JAVA_VERSION=" + version))
                    .withMessageContaining("has Java 8");
        }
    }

    @Test
    void whatIsNotSaidIsNotAnError() {
        for (String version : List.of("latest", "20240101123", "20240101", "99999999999999999999")) {
            assertThatCode(() -> check(21, "JAVA_VERSION=" + version)).doesNotThrowAnyException();
        }
        assertThatCode(() -> check(21, "PATH=/bin")).doesNotThrowAnyException();
        assertThatCode(() -> check(0, "JAVA_VERSION=8")).doesNotThrowAnyException();
    }
}

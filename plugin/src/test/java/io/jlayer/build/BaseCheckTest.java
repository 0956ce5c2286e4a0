// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.layer.Compression;
import io.jlayer.oci.Format;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.plan.BuildPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

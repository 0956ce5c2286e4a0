// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.image.Image;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.trial.Limits;
import io.jlayer.trial.Network;
import io.jlayer.trial.PublishedPort;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunOptionsTest {

    private static final Image IMAGE = Image.scratch(Platform.HOST)
            .withConfig(ImageConfig.empty(Platform.HOST)
                    .withExecution(JsonObject.EMPTY.with(
                            "ExposedPorts", JsonObject.EMPTY.with("8080/tcp", JsonObject.EMPTY))));

    private static String words(TrialSpec.Builder spec, boolean elsewhere) throws IOException {
        return String.join(" ", new RunOptions(IMAGE, spec.build(), elsewhere).words());
    }

    @Test
    void networkIsThisMachinesAndElsewhereThePortsAre() throws IOException {
        assertThat(words(TrialSpec.builder(), false)).contains("--network host").doesNotContain("--publish");
        assertThat(words(TrialSpec.builder(), true))
                .contains("--publish 8080:8080/tcp")
                .doesNotContain("--network");
        assertThat(words(TrialSpec.builder().network(Network.NONE), true)).contains("--network none");
        TrialSpec.Builder own =
                TrialSpec.builder().network(Network.PRIVATE).publish(List.of(PublishedPort.parse("81:80")));
        assertThat(words(own, false)).contains("--publish 81:80").doesNotContain("--network");
    }

    @Test
    void limitsAndReadOnlyArePassedOn() throws IOException {
        Limits limits = new Limits(OptionalLong.of(1 << 20), OptionalDouble.of(1.5));
        assertThat(words(TrialSpec.builder().limits(limits).readOnly(true), false))
                .contains("--memory 1048576", "--cpus 1.500", "--read-only --tmpfs /tmp --tmpfs /run");
    }

    @Test
    void volumeThatDockerCannotReadIsRefused() throws IOException {
        Path base = Path.of("/base");
        TrialSpec.Builder plain = TrialSpec.builder().volumes(List.of(Volume.parse("a b:/c:ro", base)));
        assertThat(words(plain, false)).contains("--mount type=bind,source=/base/a b,target=/c,readonly");
        TrialSpec.Builder comma = TrialSpec.builder().volumes(List.of(Volume.parse("a,b:/c", base)));
        assertThatThrownBy(() -> words(comma, false)).hasMessageContaining("comma");
    }

    @Test
    void commandTakesThePlaceOfTheEntrypoint() {
        TrialSpec own = TrialSpec.builder().command(List.of("sh", "-c", "x y")).build();
        assertThat(RunOptions.withCommand(List.of("docker", "run"), "image", own))
                .containsExactly("docker", "run", "--entrypoint", "sh", "image", "-c", "x y");
        TrialSpec arguments = TrialSpec.builder().arguments(List.of("a")).build();
        assertThat(RunOptions.withCommand(List.of("docker", "run"), "image", arguments))
                .containsExactly("docker", "run", "image", "a");
    }
}

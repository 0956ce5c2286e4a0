// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageConfigTest {

    private static final Digest A = Digest.sha256("a");
    private static final DiffId B = new DiffId(Digest.sha256("b"));
    private static final History LINE = new History(Optional.of(Instant.EPOCH), "jlayer", "", false);

    /** As Docker writes it: members in another order than ours, and many that nobody here knows. */
    private static final String DOCKERS =
            "{\"architecture\":\"arm64\",\"config\":{\"Hostname\":\"\",\"Env\":[\"PATH=/bin\"],"
                    + "\"Cmd\":[\"sh\"],\"Healthcheck\":{\"Test\":[\"CMD\",\"x\"],\"Interval\":30000000000},\"OnBuild\":null},"
                    + "\"container_config\":{\"Cmd\":[\"/bin/sh\",\"-c\",\"#(nop) \"]},\"created\":\"2024-01-02T03:04:05.678901234Z\","
                    + "\"docker_version\":\"20.10.12\",\"history\":[{\"created_by\":\"add\"},{\"created_by\":\"cmd\",\"empty_layer\":true}],"
                    + "\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + A
                    + "\"]},\"variant\":\"v8\"}";

    private static final ImageConfig DOCKER = ImageConfig.parse(DOCKERS.getBytes(UTF_8));

    @Test
    void saysWhatRunsAndOnWhat() {
        assertThat(DOCKER.platform()).hasToString("linux/arm64/v8");
        assertThat(DOCKER.diffIds()).containsExactly(new DiffId(A));
        assertThat(DOCKER.execution().texts("Cmd")).containsExactly("sh");
        assertThat(DOCKER.created()).contains(Instant.parse("2024-01-02T03:04:05.678901234Z"));
        assertThat(DOCKER.history()).hasSize(2);
    }

    @Test
    void whatNobodyKnowsIsKeptAsItStands() {
        assertThat(new String(DOCKER.toBytes(), UTF_8)).isEqualTo(DOCKERS);
        String changed = new String(
                DOCKER.withExecution(DOCKER.execution().with("Cmd", List.of("java")))
                        .toBytes(),
                UTF_8);
        assertThat(changed).isEqualTo(DOCKERS.replace("\"Cmd\":[\"sh\"]", "\"Cmd\":[\"java\"]"));
    }

    @Test
    void aLayerComesWithItsLineOfHistory() {
        ImageConfig more = DOCKER.withLayers(List.of(B), List.of(LINE));
        assertThat(more.diffIds()).containsExactly(new DiffId(A), B);
        assertThat(more.history().get(2))
                .hasToString("{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"jlayer\"}");
        assertThat(DOCKER.diffIds()).hasSize(1);
    }

    @Test
    void historyThatABaseLacksIsFilledUpBeforeOurs() {
        ImageConfig bare =
                ImageConfig.parse(("{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"" + A
                                + "\",\"" + A + "\"]},\"history\":[{\"empty_layer\":true},{\"comment\":\"one\"}]}")
                        .getBytes(UTF_8));
        List<JsonObject> history = bare.withLayers(List.of(B), List.of(LINE)).history();
        assertThat(history).hasSize(4);
        assertThat(history.get(2).text("comment")).contains("no history in the base image");
        assertThat(history.get(3).text("created_by")).contains("jlayer");
    }

    @Test
    void anEmptyOneHasNoLayers() {
        ImageConfig empty = ImageConfig.empty(Platform.parse("linux/arm/v7"));
        assertThat(new String(empty.toBytes(), UTF_8))
                .isEqualTo("{\"architecture\":\"arm\",\"variant\":\"v7\",\"os\":\"linux\",\"config\":{},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
        assertThat(ImageConfig.parse(empty.toBytes())).isEqualTo(empty);
    }

    @Test
    void whatIsBrokenIsFoundWhenItIsRead() {
        refused(DOCKERS.replace("\"os\"", "\"so\""), "'os'");
        refused(DOCKERS.replace(A.toString(), "sha256:1"), "'1'");
        refused(DOCKERS.replace("\"history\":[", "\"history\":[1,"), "'history'");
        refused(DOCKERS.replace("\"config\":{", "\"config\":7,\"c\":{"), "'config'");
    }

    @Test
    void aTimeThatIsNoneIsNamed() {
        ImageConfig config = new ImageConfig(JsonObject.EMPTY.with("created", "yesterday"));
        assertThatIllegalArgumentException().isThrownBy(config::created).withMessageContaining("'created'");
    }

    private static void refused(String document, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageConfig.parse(document.getBytes(UTF_8)))
                .withMessageContaining(why);
    }

    @Test
    void aConfigForNothingIsSaidToBeOne() {
        byte[] config = "{\"os\":\"\",\"architecture\":\"\",\"rootfs\":{\"diff_ids\":[]}}".getBytes(UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageConfig.parse(config))
                .withMessageContaining("does not say what the image runs on: its os is ''");
    }
}

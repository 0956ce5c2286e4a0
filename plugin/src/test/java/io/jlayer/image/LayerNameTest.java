// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.OciJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerNameTest {

    private static List<String> names(int layers, String history) {
        String diffId = "'sha256:" + "0".repeat(64) + "',";
        String diffIds = diffId.repeat(layers).replaceAll(",$", "");
        return LayerName.of(new ImageConfig(OciJson.parse(
                ("{'rootfs':{'diff_ids':[" + diffIds + "]},'history':[" + history + "]}").replace('\'', '"'))));
    }

    @Test
    void layersAreCalledByTheirCommentsElseByWhatMadeThem() {
        assertThat(names(
                        3,
                        "{'created_by':'jlayer','comment':'org.shop 1.0'},{'created_by':'CMD x','empty_layer':true},"
                                + "{'created_by':'RUN apt-get update # buildkit','comment':'buildkit.dockerfile.v0'},"
                                + "{'created_by':'/bin/sh -c #(nop) ADD file:" + "a".repeat(64) + " in / '}"))
                .containsExactly("org.shop 1.0", "apt-get update", "ADD in /");
    }

    @Test
    void whatJlayerCalledALayerIsANameHoweverLong() {
        String name = "spring-security-oauth2-resource-server 6.5.5";
        assertThat(names(
                        2,
                        "{'created_by':'jlayer','comment':'" + name + "'},{'created_by':'sh','comment':'" + name
                                + "'}"))
                .containsExactly(name, "sh");
    }

    @Test
    void whereTheHistoryDoesNotTellTheyHaveNumbers() {
        assertThat(names(2, "{'comment':'a'}")).containsExactly("layer 1", "layer 2");
        assertThat(names(2, "{'comment':1,'empty_layer':'x'},{'created_by':[]}"))
                .containsExactly("layer 1", "layer 2");
    }

    @Test
    void secretsInCommandsAreMaskedBeforeTheyAreCutShort() {
        assertThat(names(1, "{'created_by':'RUN app --password " + "s".repeat(50) + "'}"))
                .containsExactly("app --password ***");
    }

    @Test
    void commandsOfDockerfilesAreToldShortly() {
        assertThat(names(
                        4,
                        "{'created_by':'RUN /bin/sh -c apt-get update # buildkit','comment':'buildkit.dockerfile.v0'},"
                                + "{'created_by':'/bin/sh -c #(nop) ADD file:1 in / '},"
                                + "{'created_by':'COPY a b # buildkit'},"
                                + "{'created_by':'" + "long ".repeat(20) + "'}"))
                .containsExactly(
                        "apt-get update",
                        "ADD file:1 in /",
                        "COPY a b",
                        "long ".repeat(8).strip() + "…");
    }

    @Test
    void aCommentThatIsNoNameIsPassedOver() {
        assertThat(names(2, "{'comment':'" + "a".repeat(41) + "'},{'comment':'token=abcdef'}"))
                .containsExactly("layer 1", "token=***");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.OciJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerNamesTest {

    private static List<String> names(int layers, String history) {
        String diffId = "'sha256:" + "0".repeat(64) + "',";
        String diffIds = diffId.repeat(layers).replaceAll(",$", "");
        return LayerNames.of(new ImageConfig(OciJson.parse(
                ("{'rootfs':{'diff_ids':[" + diffIds + "]},'history':[" + history + "]}").replace('\'', '"'))));
    }

    @Test
    void layersAreCalledByTheirCommentsElseByWhatMadeThem() {
        assertThat(names(
                        3,
                        "{'created_by':'jlayer','comment':'org.shop 1.0'},{'created_by':'CMD x','empty_layer':true},"
                                + "{'created_by':'RUN apt-get update # buildkit','comment':'buildkit.dockerfile.v0'},"
                                + "{'created_by':'/bin/sh -c #(nop) ADD file:" + "a".repeat(64) + " in / '}"))
                .containsExactly("org.shop 1.0", "RUN apt-get update", "ADD  in /");
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
                .containsExactly("RUN app --password ***");
    }

    @Test
    void versionsAreNoPartOfWhatALayerIs() {
        assertThat(LayerNames.withoutVersion("org.hibernate 6.6.33.Final")).isEqualTo("org.hibernate");
        assertThat(LayerNames.withoutVersion("other dependencies")).isEqualTo("other dependencies");
    }
}

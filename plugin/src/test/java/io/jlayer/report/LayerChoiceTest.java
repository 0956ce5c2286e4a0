// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.blob.MemoryStore;
import io.jlayer.error.UserError;
import io.jlayer.image.Images;
import io.jlayer.inspect.LayerFacts;
import io.jlayer.layer.Layer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which layer a user means. */
class LayerChoiceTest {

    private final MemoryStore store = new MemoryStore();
    private List<LayerFacts> layers;

    @BeforeEach
    void layers() throws IOException {
        Layer same = layer("d");
        layers = List.of(
                facts(1, "net.bytebuddy 1.17.8", layer("a")),
                facts(2, "classes", layer("b")),
                facts(3, "classes of tests", layer("c")),
                facts(4, "base", same),
                facts(5, "base", same));
    }

    private Layer layer(String content) throws IOException {
        return Images.layer(store, Images.file("f", content));
    }

    private static LayerFacts facts(int number, String name, Layer layer) {
        return new LayerFacts(number, name, "", "", layer, 1, 1, 1, 0);
    }

    private int meant(String asked) {
        return LayerChoice.of(layers, asked).number();
    }

    private String told(String asked) {
        UserError[] error = new UserError[1];
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> meant(asked))
                .satisfies(thrown -> error[0] = thrown);
        return error[0].getMessage();
    }

    @Test
    void aNumberCountsFromTheLowest() {
        assertThat(meant("1")).isEqualTo(1);
        assertThat(meant("5")).isEqualTo(5);
        for (String none : List.of("0", "6", "999")) {
            assertThat(told(none)).contains("there is no layer '" + none + "'", "  1  ", "  5  ");
        }
    }

    @Test
    void aDigestOrHowItBegins() {
        Layer layer = layers.get(2).layer();
        assertThat(meant(layer.descriptor().digest().shortHex())).isEqualTo(3);
        assertThat(meant(layer.descriptor().digest().toString())).isEqualTo(3);
        assertThat(meant(layer.descriptor().digest().toString().substring(0, 16)))
                .isEqualTo(3);
        assertThat(meant(layer.diffId().digest().hex())).isEqualTo(3);
        String shared = layers.get(3).layer().descriptor().digest().shortHex();
        assertThat(told(shared))
                .contains("2 layers are meant by '" + shared + "' (-Djlayer.inspect.layer=" + shared + ")")
                .contains("\n    4  " + shared + "  base\n    5  " + shared + "  base")
                .doesNotContain("bytebuddy");
    }

    @Test
    void aNameOrHowItBegins() {
        assertThat(meant("net.bytebuddy 1.17.8")).isEqualTo(1);
        assertThat(meant("net.bytebuddy")).isEqualTo(1);
        assertThat(meant("classes")).isEqualTo(2);
        assertThat(meant("Classes of")).isEqualTo(3);
        assertThat(told("base")).contains("2 layers are meant by 'base'");
        assertThat(told("class")).contains("2 layers are meant").contains("classes of tests");
        assertThat(told("clases")).contains("there is no layer 'clases'", "net.bytebuddy 1.17.8");
        assertThat(meant("n")).as("no digest and no algorithm").isEqualTo(1);
        layers = List.of(
                facts(1, "system", layers.get(0).layer()),
                facts(2, "classes", layers.get(1).layer()));
        assertThat(meant("s")).as("no sha256:").isEqualTo(1);
        assertThat(told("")).contains("there is no layer ''");
    }

    @Test
    void anImageWithoutAnySaysSo() {
        layers = List.of();
        assertThat(told("1")).contains("the image has none");
    }
}

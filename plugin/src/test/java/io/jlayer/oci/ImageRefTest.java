// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRefTest {

    private static final String DIGEST = "@sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox, latest",
        "docker.io/busybox:1, docker.io/library/busybox:1, 1",
        "index.docker.io/a/b, docker.io/a/b, latest",
        "a/b:v1.0_x-y, docker.io/a/b:v1.0_x-y, v1.0_x-y",
        "localhost/a, localhost/a, latest",
        "localhost:5000/a/b/c:t, localhost:5000/a/b/c:t, t",
        "r.example:443/a, r.example:443/a, latest",
        "[::1]:5000/a:t, [::1]:5000/a:t, t",
        "Host/a, Host/a, latest",
        "my_registry:5000/a:t, my_registry:5000/a:t, t",
        "my_registry/a:t, docker.io/my_registry/a:t, t",
        "e/a__b--c.d, docker.io/e/a__b--c.d, latest",
    })
    void readsNamesAsDockerDoes(String text, String whole, String reference) {
        ImageRef ref = ImageRef.parse(text);
        assertThat(ref).hasToString(whole);
        assertThat(ref.reference()).isEqualTo(reference);
        assertThat(ImageRef.parse(ref.toString())).isEqualTo(ref);
    }

    @Test
    void theDigestDecidesWhereBothAreWritten() {
        ImageRef ref = ImageRef.parse("r.example/a:tag" + DIGEST);
        assertThat(ref.tag()).contains("tag");
        assertThat(ref.reference()).isEqualTo(DIGEST.substring(1));
        assertThat(ref).hasToString("r.example/a:tag" + DIGEST);
        assertThat(ref.withTag("other")).hasToString("r.example/a:other");
        assertThat(ref.withDigest(Digest.sha256("x")).reference()).startsWith("sha256:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "a:",
                "a@",
                "a@sha256:1",
                "/a",
                "a/",
                "a//b",
                "A",
                "r.example/A",
                "r.example/",
                "-a",
                "a/../b",
                "r.example:port/a",
                "a:tag with blank",
                "a:.tag",
                "a b",
                "http://r.example/a",
                "a___b",
            })
    void refusesWhatIsNoNameAndSaysWhichPart(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageRef.parse(text));
    }

    @Test
    void refusesNamesThatNoRegistryWouldTake() {
        String longest = "r.example/" + "a/".repeat(122) + "a";
        assertThat(ImageRef.parse(longest)).hasToString(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageRef.parse("r.example/" + "a.".repeat(200_000) + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageRef.parse("a:" + "t".repeat(129)));
    }

    @Test
    void saysWhatIsOftenMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageRef.parse("r.example/Shop/App:1"))
                .withMessageEndingWith("'; write it in small letters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageRef.parse("https://r.example/a"))
                .withMessageEndingWith("'; the name of an image begins with no http:// or the like");
    }
}

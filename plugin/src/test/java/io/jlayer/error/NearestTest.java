// SPDX-License-Identifier: Apache-2.0
package io.jlayer.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> NAMES = List.of("auto", "fleet", "simple", "per-dependency", "mainClass");

    @Test
    void slipsOfThePenAreUnderstood() {
        assertThat(Nearest.suggest("flet", NAMES)).hasValue("fleet");
        assertThat(Nearest.suggest("fleeet", NAMES)).hasValue("fleet");
        assertThat(Nearest.suggest("atuo", NAMES)).hasValue("auto");
        assertThat(Nearest.suggest("symple", NAMES)).hasValue("simple");
        assertThat(Nearest.suggest("perdependancy", NAMES)).hasValue("per-dependency");
    }

    @Test
    void capitalsDoNotMatter() {
        assertThat(Nearest.suggest("MAINCLASS", NAMES)).hasValue("mainClass");
    }

    @Test
    void aBeginningIsEnoughIfItIsOneNamesOnly() {
        assertThat(Nearest.suggest("per", NAMES)).hasValue("per-dependency");
        assertThat(Nearest.suggest("oci-arch", List.of("oci", "oci-archive"))).hasValue("oci-archive");
        assertThat(Nearest.suggest("docker-", List.of("docker-archive", "docker-daemon")))
                .isEmpty();
        assertThat(Nearest.suggest("p", NAMES)).isEmpty();
    }

    @Test
    void whatIsFarFromAllIsNotGuessed() {
        assertThat(Nearest.suggest("banana", NAMES)).isEmpty();
        assertThat(Nearest.suggest("", NAMES)).isEmpty();
        assertThat(Nearest.suggest("x", List.of())).isEmpty();
    }

    @Test
    void ofTwoAsNearTheFirstByName() {
        assertThat(Nearest.suggest("bat", List.of("cat", "bar"))).hasValue("bar");
    }
}

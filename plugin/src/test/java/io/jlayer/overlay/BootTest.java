// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.JsonObject;
import org.junit.jupiter.api.Test;

class BootTest {

    @Test
    void whatWasWrittenSinceTheStartIsWhole() {
        assertThat(Boot.THIS.trusts(Boot.THIS)).isTrue();
        assertThat(new Boot("m", "1").trusts(new Boot("m", "2"))).isFalse();
        assertThat(new Boot("m", "1").trusts(new Boot("", ""))).isFalse();
    }

    @Test
    void whatAnotherMachineWroteIsLeftToIt() {
        assertThat(new Boot("m", "1").trusts(new Boot("n", "2"))).isTrue();
    }

    @Test
    void whereNothingTellsMachinesApartTheirStartsDo() {
        assertThat(new Boot("m", "1").trusts(new Boot("", "1"))).isTrue();
        assertThat(new Boot("m", "1").trusts(new Boot("", "2"))).isFalse();
        assertThat(new Boot("", "1").trusts(new Boot("", "2"))).isFalse();
    }

    @Test
    void itIsReadAsItWasWritten() {
        Boot boot = new Boot("m", "1");
        assertThat(Boot.from(boot.toJson())).isEqualTo(boot);
        assertThat(Boot.from(JsonObject.EMPTY)).isEqualTo(new Boot("", ""));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfHeaderTest {

    private static Optional<String> architecture(int bits, boolean little, int machine) {
        byte[] head = new byte[ElfHeader.SIZE];
        head[0] = 0x7f;
        head[1] = 'E';
        head[2] = 'L';
        head[3] = 'F';
        head[4] = (byte) (bits / 32);
        head[5] = (byte) (little ? 1 : 2);
        head[little ? 18 : 19] = (byte) machine;
        head[little ? 19 : 18] = (byte) (machine >> 8);
        return ElfHeader.read(head).orElseThrow().architecture();
    }

    @ParameterizedTest
    @CsvSource({
        "64, true, 62, amd64",
        "64, true, 183, arm64",
        "64, true, 8, mips64le",
        "64, false, 8, mips64",
        "32, false, 8, mips",
        "64, true, 21, ppc64le",
        "64, false, 22, s390x",
        "64, true, 243, riscv64",
        "64, true, 258, loong64",
        "32, true, 3, 386",
        "32, true, 40, arm"
    })
    void machinesAreCalledAsInImages(int bits, boolean little, int machine, String name) {
        assertThat(architecture(bits, little, machine)).hasValue(name);
    }

    @ParameterizedTest
    @CsvSource({"32, true, 62", "32, true, 183", "32, true, 243", "32, false, 22", "64, true, 9999"})
    void noNameIsGuessed(int bits, boolean little, int machine) {
        assertThat(architecture(bits, little, machine)).isEmpty();
    }

    @Test
    void whatIsNoneIsNone() {
        assertThat(ElfHeader.read(new byte[] {0x7f, 'E', 'L', 'F'})).isEmpty();
        assertThat(ElfHeader.read("#!/bin/sh\n# a long enough script\n".getBytes(UTF_8)))
                .isEmpty();
    }
}

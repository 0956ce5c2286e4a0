// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "Linux/X86_64, linux/amd64",
        "linux/x86-64, linux/amd64",
        "linux/aarch64, linux/arm64",
        "linux/i686, linux/386",
        "linux/armhf, linux/arm",
        "linux/arm/v6, linux/arm/v6",
        "' linux/arm64/v8 ', linux/arm64/v8",
        "windows/amd64, windows/amd64",
        "linux/riscv64, linux/riscv64",
    })
    void readsTheNamesByWhichProcessorsGo(String text, String expected) {
        assertThat(Platform.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "linux", "linux/", "/amd64", "linux/arm/v7/x", "linux/am d64", "linux/..", "linux/arm/../.."
            })
    void refusesAllThatIsNoPlatform(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Platform.parse(text))
                .withMessageContaining("is not a platform");
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, 2",
        "linux/amd64, linux/arm64, 0",
        "linux/amd64, windows/amd64, 0",
        "linux/arm64, linux/arm64/v8, 2",
        "linux/arm64/v8, linux/arm64, 2",
        "linux/arm, linux/arm/v7, 2",
        "linux/arm, linux/arm/v6, 1",
        "linux/arm/v7, linux/arm, 2",
        "linux/arm/v6, linux/arm/v7, 0",
        "linux/amd64, linux/amd64/v3, 1",
        "linux/amd64/v3, linux/amd64, 1",
        "linux/amd64/v2, linux/amd64/v3, 0",
    })
    void fitsByTheVariantThatIsWrittenOrUnderstood(String wanted, String offered, int fit) {
        assertThat(Platform.parse(wanted).fit(Platform.parse(offered))).isEqualTo(fit);
    }

    @Test
    void theHostRunsLinuxContainers() {
        assertThat(Platform.HOST.os()).isEqualTo("linux");
    }
}

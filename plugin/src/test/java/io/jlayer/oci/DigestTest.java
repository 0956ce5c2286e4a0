// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    /** Published test vector of SHA-256. */
    private static final String ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hashesAsTheStandardSays() {
        assertThat(Digest.sha256("abc")).hasToString(ABC);
        assertThat(Digest.sha256("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Digest.parse(ABC));
        assertThat(Digest.parse(ABC).shortHex()).isEqualTo("ba7816bf8f01");
    }

    @Test
    void matchesOnlyItsOwnHash() {
        Digest digest = Digest.parse(ABC);
        assertThat(digest.matches(digest.newHash().digest(new byte[] {'a', 'b', 'c'})))
                .isTrue();
        assertThat(digest.matches(digest.newHash().digest(new byte[] {'a', 'b'})))
                .isFalse();
        assertThat(digest.matches(new byte[0])).isFalse();
    }

    @Test
    void sha512HasAHashOfItsOwn() {
        Digest digest = Digest.parse("sha512:" + "0".repeat(128));
        assertThat(digest.newHash().getDigestLength()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256",
                "sha256:",
                "sha256:abc",
                "md5:d41d8cd98f00b204e9800998ecf8427e",
                "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "sha256:../../../../../../../../../../../../../../../../etc/passwd000000",
                "sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
                " sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            })
    void refusesAllThatIsNoDigest(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.parse(text));
    }

    @Test
    void chainIdOfOneLayerIsItsDiffId() {
        DiffId lowest = DiffId.parse(ABC);
        assertThat(ChainId.of(List.of(lowest)).digest()).isEqualTo(lowest.digest());
    }

    @Test
    void chainIdHashesFromTheLowestUp() {
        DiffId a = new DiffId(Digest.sha256("a"));
        DiffId b = new DiffId(Digest.sha256("b"));
        DiffId c = new DiffId(Digest.sha256("c"));
        Digest two = Digest.sha256(a + " " + b);
        assertThat(ChainId.of(List.of(a, b)).digest()).isEqualTo(two);
        assertThat(ChainId.of(List.of(a, b, c)).digest()).isEqualTo(Digest.sha256(two + " " + c));
        assertThatIllegalArgumentException().isThrownBy(() -> ChainId.of(List.of()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void whatCanBeSeenStays() {
        assertThat(VisibleText.of("/app/lib/a b<c>&'\".jar")).isEqualTo("/app/lib/a b<c>&'\".jar");
        assertThat(VisibleText.of("/\u00e4\u20ac\ud83d\ude00")).isEqualTo("/\u00e4\u20ac\ud83d\ude00");
    }

    @Test
    void whatMovesATerminalIsSpeltOut() {
        assertThat(VisibleText.of("a\033[2Jb\nc\td\\e\177")).isEqualTo("a\\033[2Jb\\nc\\td\\\\e\\177");
        assertThat(VisibleText.of("\u009b31m")).as("C1 introducer").isEqualTo("\\302\\23331m");
        assertThat(VisibleText.of("gpj.\u202e")).as("right to left").isEqualTo("gpj.\\342\\200\\256");
        assertThat(VisibleText.of("\ud800x\u2028")).doesNotContain("\ud800", "\u2028");
    }

    @Test
    void noLinePassesForAnother() {
        assertThat(VisibleText.ofLine("a\r\n[INFO] BUILD SUCCESS")).isEqualTo("a\\r\\n[INFO] BUILD SUCCESS");
        assertThat(VisibleText.ofLines("a\n[INFO] BUILD SUCCESS\n  b\n\nc"))
                .isEqualTo("a\n  [INFO] BUILD SUCCESS\n  b\n\n  c");
        assertThat(VisibleText.ofLine("\u00e4\ud83d\ude00 x\u009b1m")).isEqualTo("\u00e4\ud83d\ude00 x\\302\\2331m");
    }

    @Test
    void linesOfFilesKeepTabsAndBackslashes() {
        assertThat(VisibleText.ofLine("a\tb\\c\033]0;x\007")).isEqualTo("a\tb\\c\\033]0;x\\007");
    }
}

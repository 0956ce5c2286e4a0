// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.house.Jdks;
import io.jlayer.house.Programs;
import io.jlayer.overlay.TestLayers;
import io.jlayer.overlay.ThisUser;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials are the same in every locale, whatever the names of files in the image and of those that are written. */
class LocaleTrialTest {

    @TempDir
    Path directory;

    @BeforeEach
    void onLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "trials run on Linux only");
        assumeTrue(TestLayers.haveBusybox(), "needs /bin/busybox, linked statically");
    }

    private List<String> runIn(String locale, Path java, Engine engine) throws Exception {
        Path store = directory.resolve(locale + java.getFileName() + engine);
        return Programs.runJavaIn(locale, java, TrialInLocale.class, store.toString(), engine.name())
                .lines()
                .map(line -> line.startsWith("na") ? line : URLDecoder.decode(line, StandardCharsets.UTF_8))
                .toList();
    }

    private void sameEverywhere(Engine engine) throws Exception {
        List<String> expected = runIn("C.UTF-8", Jdks.own(), engine);
        assertThat(expected)
                .startsWith("na\u00efve \ud83d\ude00 /srv/\u00e4 gr\u00fc\u00df' $HOME\\ of the image")
                .contains("A /srv/\u00e4/\u00f6/n\u00e9w", "A /srv/\u00e4/\u00f6/\u2192", "D /srv/\u00fc");
        assertThat(expected.get(expected.size() - 1)).endsWith("code 0");
        assertThat(runIn("C", Jdks.own(), engine)).isEqualTo(expected);
        for (Path java : Jdks.others()) {
            assertThat(runIn("C", java, engine)).as("%s", java).isEqualTo(expected);
        }
    }

    @Test
    void mounted() throws Exception {
        sameEverywhere(Engine.AUTO);
    }

    @Test
    void copied() throws Exception {
        assumeTrue(ThisUser.uid() == 0, "needs root");
        sameEverywhere(Engine.COPY);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.house.Jdks;
import io.jlayer.house.Programs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Equal inputs give equal bytes on every Java and for ever. If these digests must change, {@link LayerRecords#KIND} must
 * too, so that no layer of the old form is taken for one of the new.
 */
class BytesGoldenTest {

    private static final String DIFF_ID = "sha256:ece961190adc3c5312f95e34bd99e3d9a7e3f43a08d95da33916d8a133039151";
    private static final String GOLDEN = String.join(
            "\n",
            "none " + DIFF_ID + " " + DIFF_ID,
            "gzip " + DIFF_ID + " sha256:d3caf19b20456bab7c2ecf6c16c76f5b737028864a9ac3c8227879bd108a0958",
            "zstd " + DIFF_ID + " sha256:121635f6c79d0325313f2f04290c76aa8cdcc1fa2f72b1c2d357101c4760d429",
            "");

    @Test
    void theDigestsOfAFixedLayerNeverChange() throws Exception {
        assertThat(Programs.runJava(Jdks.own(), List.of(), GoldenLayer.class)).isEqualTo(GOLDEN);
    }

    @Test
    void everyOtherJavaGivesTheSameBytes() throws Exception {
        List<Path> others = Jdks.others();
        Assumptions.assumeFalse(others.isEmpty(), "there is no second JDK in /usr/lib/jvm or JAVA_HOME_*");
        for (Path home : others) {
            assertThat(Programs.runJava(home, List.of(), GoldenLayer.class))
                    .as("on %s", home)
                    .isEqualTo(GOLDEN);
        }
    }
}

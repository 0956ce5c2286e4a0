// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.build.BuildReport;
import io.jlayer.build.BuildReport.LayerReport;
import io.jlayer.build.BuildReport.PlatformReport;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class TimingLinesTest {

    private final List<String> lines = new ArrayList<>();
    private final Log log = new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }
    };

    private static LayerReport layer(String name, String state, int digesting, int making) {
        return new LayerReport(name, state, state, null, Duration.ofMillis(digesting), Duration.ofNanos(making));
    }

    @Test
    void aLineForEachPhaseAndForEachLayerOfOurs() {
        Map<String, Duration> phases = new LinkedHashMap<>();
        phases.put("plan", Duration.ofMillis(12));
        phases.put("layers", Duration.ofMillis(3456));
        PlatformReport platform = new PlatformReport(
                Platform.parse("linux/amd64"),
                Digest.sha256("manifest"),
                List.of(
                        layer("system", "base", 0, 0),
                        layer("org.springframework 6.2.12", "built", 21, 1_500_000),
                        layer("classes", "reused", 3, 40_000)));

        new TimingLines(log).show(new BuildReport(null, List.of(platform), phases, true, List.of()));

        assertThat(lines)
                .containsExactly(
                        "      12.0 ms  plan",
                        "    3456.0 ms  layers",
                        " digesting     making  layer, in ms; layers are made side by side",
                        "      21.0        1.5  org.springframework 6.2.12 (built)",
                        "       3.0        0.0  classes (reused)");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.build.BuildReport;
import io.jlayer.build.BuildReport.LayerReport;
import io.jlayer.build.BuildReport.PlatformReport;
import java.time.Duration;
import java.util.Locale;
import org.apache.maven.plugin.logging.Log;

/** Shows where the time of a build went, in milliseconds: by phase, and for each layer that was made. */
final class TimingLines {

    private static final String BASE = "base";

    private final Log log;

    TimingLines(Log log) {
        this.log = log;
    }

    void show(BuildReport report) {
        report.timings()
                .forEach((phase, time) -> log.info(String.format(Locale.ROOT, "%10.1f ms  %s", millis(time), phase)));
        log.info(String.format(
                Locale.ROOT, "%10s %10s  %s", "digesting", "making", "layer, in ms; layers are made side by side"));
        for (PlatformReport platform : report.platforms()) {
            for (LayerReport layer : platform.lowestFirst()) {
                if (!layer.state().equals(BASE)) {
                    log.info(row(layer));
                }
            }
        }
    }

    private static String row(LayerReport layer) {
        return String.format(
                Locale.ROOT,
                "%10.1f %10.1f  %s",
                millis(layer.digesting()),
                millis(layer.making()),
                layer.name() + " (" + layer.state() + ")");
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}

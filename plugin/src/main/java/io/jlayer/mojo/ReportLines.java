// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.build.Application;
import io.jlayer.build.BuildReport;
import io.jlayer.build.BuildReport.LayerReport;
import io.jlayer.build.BuildReport.PlatformReport;
import io.jlayer.registry.PushReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.maven.plugin.logging.Log;

/** Shows what a build did: a line for each layer, one for the image. */
final class ReportLines {

    private final Log log;
    private final boolean timings;

    ReportLines(Log log, boolean timings) {
        this.log = log;
        this.timings = timings;
    }

    void show(BuildReport report, Application application) {
        for (PlatformReport platform : report.platforms()) {
            if (report.platforms().size() > 1) {
                log.info(platform.platform() + "  " + platform.digest());
            }
            showLayers(platform.lowestFirst());
        }
        long bytes = report.platforms().get(0).lowestFirst().stream()
                .mapToLong(layer -> layer.layer().descriptor().size())
                .sum();
        log.info(application.name() + " " + report.image().root().digest());
        log.info(place(report, application)
                + report.platforms().get(0).lowestFirst().size() + " layers, " + size(bytes) + ", built in "
                + seconds(report));
        report.pushed().forEach(this::showPush);
        if (timings) {
            new TimingLines(log).show(report);
        }
    }

    /** Where the image is, if it was written here. */
    private static String place(BuildReport report, Application application) {
        Path image = application.output().resolve("image");
        return report.written() ? "in " + application.project().relativize(image) + ", " : "";
    }

    private static String seconds(BuildReport report) {
        long millis = report.timings().values().stream()
                .mapToLong(time -> time.toMillis())
                .sum();
        return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }

    private void showPush(PushReport push) {
        log.info("Pushed " + push.image().registry() + "/" + push.image().repository() + " " + push.tags() + ": "
                + size(push.bytesSent()) + " sent, " + push.sent() + " blobs sent, " + push.mounted() + " mounted, "
                + push.present() + " present, " + push.requests() + " requests");
    }

    private void showLayers(List<LayerReport> lowestFirst) {
        int number = 0;
        int longest = lowestFirst.stream()
                .mapToInt(layer -> layer.name().length())
                .max()
                .orElse(0);
        for (LayerReport layer : lowestFirst) {
            number++;
            log.info(String.format(
                    Locale.ROOT,
                    "%3d  %-" + Math.max(1, longest) + "s  %s  %9s  %s",
                    number,
                    layer.name(),
                    layer.layer().descriptor().digest().shortHex(),
                    size(layer.layer().descriptor().size()),
                    layer.state()));
        }
    }

    /** In the units that people read: powers of 1000, as registries count. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        } else if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        } else if (bytes < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}

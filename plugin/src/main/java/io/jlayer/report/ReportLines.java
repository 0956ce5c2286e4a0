// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.build.BuildReport;
import io.jlayer.build.BuildSummary;
import io.jlayer.build.BuildSummary.LayerSummary;
import io.jlayer.build.BuildSummary.PlatformSummary;
import io.jlayer.image.VisibleText;
import io.jlayer.project.Application;
import io.jlayer.registry.PushReport;
import io.jlayer.transport.TransportName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.maven.plugin.logging.Log;

/** Shows what a build did: a line for each layer, one for the image. */
public final class ReportLines {

    private final Log log;
    private final boolean timings;

    public ReportLines(Log log, boolean timings) {
        this.log = log;
        this.timings = timings;
    }

    public void show(BuildReport report, Application application) {
        show(report.summary(), application, report.written(), "built in " + seconds(report));
        for (PushReport push : report.pushed()) {
            showPush(push);
        }
        if (timings) {
            new TimingLines(log).show(report);
        }
    }

    /** Shows what was there already. */
    public void showUnchanged(BuildSummary summary, Application application) {
        show(summary, application, true, "unchanged");
    }

    private void show(BuildSummary summary, Application application, boolean written, String how) {
        for (PlatformSummary platform : summary.platforms()) {
            if (summary.platforms().size() > 1) {
                log.info(platform.platform() + "  " + platform.digest());
            }
            showLayers(platform.lowestFirst());
        }
        PlatformSummary first = summary.platforms().get(0);
        log.info(application.name() + " " + summary.digest());
        log.info((written ? place(application) : "") + first.lowestFirst().size() + " layers, " + size(first.size())
                + ", " + how);
    }

    /** Says where else an image went, or did not go though it is named in {@code <to>}. */
    public void showTargets(List<String> targets, boolean pushed) {
        for (String target : targets) {
            if (!TransportName.parse(target, "<to>").isRegistry()) {
                log.info("also in " + target);
            } else if (!pushed) {
                log.info("not pushed to " + target + ": mvn jlayer:push does that, or -Djlayer.push here");
            }
        }
    }

    private static String place(Application application) {
        Path image = application.output().resolve("image");
        return "in " + application.project().relativize(image) + ", ";
    }

    private static String seconds(BuildReport report) {
        long millis = 0;
        for (Duration time : report.timings().values()) {
            millis += time.toMillis();
        }
        long hundredths = (millis + 5) / 10;
        return hundredths / 100 + "." + (hundredths % 100 < 10 ? "0" : "") + hundredths % 100 + " s";
    }

    void showPush(PushReport push) {
        StringBuilder names = new StringBuilder();
        for (String tag : push.tags()) {
            names.append(names.length() == 0 ? "" : ", ")
                    .append(push.image().registry())
                    .append('/');
            names.append(push.image().repository()).append(':').append(tag);
        }
        log.info("Pushed " + names + ": "
                + size(push.bytesSent()) + " sent, " + push.sent() + " blobs sent, " + push.mounted() + " mounted, "
                + push.present() + " present, " + push.requests() + " requests");
    }

    private void showLayers(List<LayerSummary> lowestFirst) {
        int longest = 1;
        for (LayerSummary layer : lowestFirst) {
            longest = Math.max(longest, VisibleText.ofLine(layer.name()).length());
        }
        int number = 0;
        for (LayerSummary layer : lowestFirst) {
            number++;
            String name = VisibleText.ofLine(layer.name()); // a base's history has it, perhaps
            String size = size(layer.size());
            log.info(" ".repeat(number < 10 ? 2 : number < 100 ? 1 : 0) + number
                    + "  " + name + " ".repeat(longest - name.length())
                    + "  " + layer.digest()
                    + "  " + " ".repeat(Math.max(0, 9 - size.length())) + size
                    + "  " + layer.state());
        }
    }

    /** Rounded, as {@code 12.3}; String.format would cost a cold machine more than the whole rest of a report. */
    private static String tenths(long bytes, long unit) {
        long tenths = (bytes + unit / 20) / (unit / 10);
        return tenths / 10 + "." + tenths % 10;
    }

    /** In the units that people read: powers of 1000, as registries count. */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        } else if (bytes < 1_000_000) {
            return tenths(bytes, 1_000) + " kB";
        } else if (bytes < 1_000_000_000) {
            return tenths(bytes, 1_000_000) + " MB";
        }
        return tenths(bytes, 1_000_000_000) + " GB";
    }
}

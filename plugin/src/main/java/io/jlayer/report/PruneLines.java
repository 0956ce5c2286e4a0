// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.blob.PruneReport;
import io.jlayer.blob.PruneReport.Sum;
import io.jlayer.blob.PruneRule;
import io.jlayer.blob.StoreItem.Hold;
import io.jlayer.blob.StoreItem.Kind;
import io.jlayer.trial.TrialRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.maven.plugin.logging.Log;

/** Shows what a pruning did: a table by kinds, why things stay, and what was gained. */
public final class PruneLines {

    private static final int NAME = 16;
    private static final int COUNT = 7;
    private static final int SIZE = 10;

    private final Log log;
    private final PruneRule rule;
    private final boolean dryRun;

    public PruneLines(Log log, PruneRule rule, boolean dryRun) {
        this.log = log;
        this.rule = rule;
        this.dryRun = dryRun;
    }

    public void show(Path store, PruneReport report) {
        log.info("The store " + store);
        log.info(Columns.left("", NAME)
                + Columns.right("there", COUNT + SIZE)
                + Columns.right(dryRun ? "would go" : "gone", COUNT + SIZE)
                + Columns.right("stays", COUNT + SIZE));
        long gained = 0;
        long left = 0;
        for (Kind kind : Kind.values()) {
            Sum gone = report.gone(kind);
            Sum stays = report.staying(kind);
            String why = why(report, kind);
            String line = Columns.left(name(kind), NAME) + columns(gone.plus(stays)) + columns(gone) + columns(stays)
                    + "  " + why;
            log.info(line.stripTrailing());
            gained += gone.size();
            left += stays.size();
        }
        for (String failure : report.failures()) {
            log.warn("Not removed: " + failure);
        }
        log.info((dryRun ? "Would free " : "Freed ") + ReportLines.size(gained) + ", " + ReportLines.size(left)
                + (dryRun ? " would stay; nothing was removed" : " stay"));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String columns(Sum sum) {
        return Columns.right(String.valueOf(sum.count()), COUNT)
                + Columns.right(sum.count() == 0 ? "" : ReportLines.size(sum.size()), SIZE);
    }

    private String why(PruneReport report, Kind kind) {
        List<String> reasons = new ArrayList<>();
        for (Hold hold : Hold.values()) {
            Sum sum = report.staying(kind, hold);
            if (sum.count() > 0) {
                reasons.add(sum.count() + " " + reason(hold) + " (" + ReportLines.size(sum.size()) + ")");
            }
        }
        return String.join(", ", reasons);
    }

    private String reason(Hold hold) {
        return switch (hold) {
            case LINKED -> "in images of projects";
            case TRIAL -> "for trials";
            case IN_USE -> "in use now";
            case RECENT ->
                rule.olderThan().map(age -> "used in the last " + text(age)).orElseGet(this::withinKeep);
            case OUT_OF_REACH -> "not for this user to remove";
        };
    }

    private String withinKeep() {
        return rule.keep().isPresent()
                ? "within the " + ReportLines.size(rule.keep().getAsLong()) + " of keep"
                : "used";
    }

    /** In the unit in which people think of it. */
    static String text(Duration age) {
        if (age.compareTo(Duration.ofDays(2)) >= 0) {
            return age.toDays() + " days";
        } else if (age.compareTo(Duration.ofHours(2)) >= 0) {
            return age.toHours() + " hours";
        }
        return age.toMinutes() >= 2 ? age.toMinutes() + " minutes" : age.toSeconds() + " seconds";
    }

    /** Trials are their user's own to remove. */
    public void showTrials(List<TrialRecord> trials) {
        List<TrialRecord> kept = trials.stream().filter(TrialRecord::kept).toList();
        if (!kept.isEmpty()) {
            log.info(kept.size() + (kept.size() == 1 ? " kept trial stays, " : " kept trials stay, ")
                    + ReportLines.size(
                            kept.stream().mapToLong(TrialRecord::size).sum())
                    + " written: mvn jlayer:trials lists and removes them");
        }
    }
}

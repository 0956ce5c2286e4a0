// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.image.VisibleText;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.overlay.Change;
import io.jlayer.trial.TrialRecord;
import io.jlayer.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.maven.plugin.logging.Log;

/** Shows what a trial did to its writable layer, and which trials there are. */
public final class TrialLines {

    /** More lines than this nobody reads on a terminal; the file has them all. */
    private static final int MOST_LINES = 40;

    private static final String JVM_DATA = "tmp/hsperfdata_";

    private final Log log;

    public TrialLines(Log log) {
        this.log = log;
    }

    public void show(TrialResult result) {
        result.warnings().forEach(warning -> log.warn(VisibleText.ofLine(warning)));
        List<Change> changes = shown(result.changes().all());
        if (changes.isEmpty()) {
            log.info("The trial changed no file");
            return;
        }
        log.info("The trial changed " + changes.size() + (changes.size() == 1 ? " path, " : " paths, ")
                + ReportLines.size(changes.stream().mapToLong(Change::size).sum()) + " in its writable layer:");
        ChangeLines.of(changes, MOST_LINES).forEach(line -> log.info("  " + line));
    }

    /** Without what every JVM puts there for jps and the like to find it: it says nothing of the program. */
    private static List<Change> shown(List<Change> changes) {
        return changes.stream()
                .filter(change -> !change.path().value().startsWith(JVM_DATA))
                .toList();
    }

    /** All of it, for programs; see {@link ResultFile}. */
    public static void write(TrialResult result, Path file) throws IOException {
        List<JsonObject> changes =
                result.changes().all().stream().map(TrialLines::json).toList();
        JsonObject json = JsonObject.EMPTY
                .with("exitCode", result.exitCode())
                .with("ending", result.ending().name().toLowerCase(Locale.ROOT))
                .with("size", result.changes().size())
                .with("changes", changes);
        ResultFile.write(file, OciJson.writeIndented(json).getBytes(UTF_8));
    }

    private static JsonObject json(Change change) {
        return JsonObject.EMPTY
                .with("kind", String.valueOf(change.kind().letter()))
                .with("path", change.path().toString())
                .with("size", change.size())
                .with("directory", change.directory())
                .with("copiedUp", change.copiedUp());
    }

    /** Says how many were not removed though all were meant. */
    public void passedOver(int running) {
        if (running > 0) {
            log.info("Passed over " + running + (running == 1 ? ", since it runs" : ", since they run"));
        }
    }

    public void list(List<TrialRecord> trials) {
        if (trials.isEmpty()) {
            log.info("There are no trials");
        }
        for (TrialRecord trial : trials) {
            log.info(trial.name() + "  " + (trial.running() ? "running, process " + trial.pid() : "kept") + "  since "
                    + trial.created().truncatedTo(ChronoUnit.SECONDS) + "  " + ReportLines.size(trial.size())
                    + " written  " + VisibleText.ofLine(String.join(" ", trial.command())));
            log.info("  on layers " + layers(trial));
        }
    }

    /** By the first digits, lowest first, so that one sees which trials share which. */
    private static String layers(TrialRecord trial) {
        return trial.lowestFirst().stream().map(Digest::shortHex).collect(Collectors.joining(" "));
    }
}

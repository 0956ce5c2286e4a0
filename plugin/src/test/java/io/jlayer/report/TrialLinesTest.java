// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.layer.LayerPath;
import io.jlayer.oci.Digest;
import io.jlayer.oci.OciJson;
import io.jlayer.overlay.Change;
import io.jlayer.overlay.Changes;
import io.jlayer.trial.TrialRecord;
import io.jlayer.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialLinesTest {

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private final Log log = new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }
    };

    private static TrialResult result(Change... changes) {
        return new TrialResult(
                0, TrialResult.Ending.EXITED, "", new Changes(List.of(changes)), Optional.empty(), List.of());
    }

    private static Change added(String path, long size, boolean isDirectory) {
        return new Change(Change.Kind.ADDED, LayerPath.of(path), size, isDirectory, false);
    }

    @Test
    void whatEveryJvmLeavesIsInTheFileButNotShown() throws IOException {
        Change[] ofTheJvm = {added("tmp/hsperfdata_root", 0, true), added("tmp/hsperfdata_root/1", 32768, false)};
        new TrialLines(log).show(result(ofTheJvm));
        new TrialLines(log).show(result(ofTheJvm[0], ofTheJvm[1], added("tmp/x", 5, false)));

        assertThat(lines)
                .containsExactly(
                        "The trial changed no file",
                        "The trial changed 1 path, 5 B in its writable layer:",
                        "  A /tmp/x  5 B");
        Path file = directory.resolve("diff.json");
        TrialLines.write(result(ofTheJvm), file);
        assertThat(OciJson.parse(Files.readString(file)).objects("changes")).hasSize(2);
    }

    @Test
    void whatAnImageIsCalledAndRunsMovesNoTerminal() {
        String hostile = "x\n[INFO] BUILD SUCCESS\033[2J";
        TrialResult said = new TrialResult(
                0,
                TrialResult.Ending.EXITED,
                "",
                new Changes(List.of(added(hostile, 1, false))),
                Optional.empty(),
                List.of("left out " + hostile));
        new TrialLines(log).show(said);
        new TrialLines(log)
                .list(List.of(
                        new TrialRecord("mine", false, true, 7, Instant.EPOCH, List.of("sh", hostile), List.of(), 12)));
        assertThat(lines).noneMatch(line -> line.matches("(?s).*[\n\033].*")).anyMatch(line -> line.contains("sh x"));
    }

    /** Another name of the file shows whether it was written into. */
    @Test
    void fileIsReplacedAtOnce() throws IOException {
        Path file = directory.resolve("new/diff.json");
        TrialLines.write(result(), file);
        Path before = Files.createLink(directory.resolve("before"), file);
        TrialLines.write(result(added("x", 5, false)), file);
        assertThat(OciJson.parse(Files.readString(before)).objects("changes")).isEmpty();
        assertThat(OciJson.parse(Files.readString(file)).objects("changes")).hasSize(1);
        assertThat(directory.resolve("new").toFile().list()).containsExactly("diff.json");
    }

    @Test
    void thoseThatRunAreSaidToBeLeft() {
        new TrialLines(log).passedOver(0);
        new TrialLines(log).passedOver(1);
        new TrialLines(log).passedOver(2);

        assertThat(lines).containsExactly("Passed over 1, since it runs", "Passed over 2, since they run");
    }

    @Test
    void trialsAreListedWithTheDigestsThatABuildShows() {
        Digest digest = Digest.sha256("layer");
        new TrialLines(log)
                .list(List.of(new TrialRecord(
                        "mine", false, true, 7, Instant.EPOCH, List.of("sh", "x"), List.of(digest), 12)));

        assertThat(lines)
                .containsExactly(
                        "mine  kept  since 1970-01-01T00:00:00Z  12 B written  sh x",
                        "  on layers " + digest.shortHex());
    }
}

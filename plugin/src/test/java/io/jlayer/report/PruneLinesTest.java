// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.PruneRule;
import io.jlayer.blob.Pruning;
import io.jlayer.blob.Store;
import io.jlayer.blob.StoreItem;
import io.jlayer.trial.TrialRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneLinesTest {

    private static final PruneRule MONTH = new PruneRule(Optional.of(Duration.ofDays(30)), OptionalLong.empty());

    @TempDir
    Path store;

    private final List<String> lines = new ArrayList<>();
    private final Log log = new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }

        @Override
        public void warn(CharSequence line) {
            lines.add("WARN " + line);
        }
    };

    @BeforeEach
    void makeStore() throws IOException {
        Store.open(store).close();
    }

    private record Thing(Kind kind, long size, Instant used, Optional<Hold> hold) implements StoreItem {

        @Override
        public boolean takeAway() throws IOException {
            if (size == 13) {
                throw new IOException("the disk is broken");
            }
            return true;
        }
    }

    private static Thing thing(StoreItem.Kind kind, long size, int days) {
        return new Thing(kind, size, Instant.now().minus(Duration.ofDays(days)), Optional.empty());
    }

    private static final List<StoreItem> THINGS = List.of(
            thing(StoreItem.Kind.BLOBS, 5_000_000, 40),
            thing(StoreItem.Kind.BLOBS, 1_000, 4),
            new Thing(StoreItem.Kind.BLOBS, 2_000, Instant.MIN, Optional.of(StoreItem.Hold.LINKED)),
            new Thing(StoreItem.Kind.UNPACKED_LAYERS, 7, Instant.MIN, Optional.of(StoreItem.Hold.TRIAL)),
            thing(StoreItem.Kind.RECORDS, 13, 40));

    @Test
    void aTableByKindsWithReasonsAndWhatWasGained() throws IOException {
        new PruneLines(log, MONTH, false).show(store, Pruning.run(store, THINGS, MONTH, Instant.now()));
        assertThat(lines)
                .containsExactly(
                        "The store " + store,
                        "                            there             gone            stays",
                        "blobs                 3    5.0 MB      1    5.0 MB      2    3.0 kB"
                                + "  1 in images of projects (2.0 kB), 1 used in the last 30 days (1.0 kB)",
                        "records               1      13 B      0                1      13 B"
                                + "  1 not for this user to remove (13 B)",
                        "unpacked layers       1       7 B      0                1       7 B  1 for trials (7 B)",
                        "drafts                0                0                0",
                        "WARN Not removed: the disk is broken",
                        "Freed 5.0 MB, 3.0 kB stay");
    }

    @Test
    void whatStaysByItsSizeIsTold() throws IOException {
        PruneRule small = new PruneRule(Optional.empty(), OptionalLong.of(1_500));
        new PruneLines(log, small, false).show(store, Pruning.run(store, THINGS, small, Instant.now()));
        assertThat(String.join("\n", lines)).contains("1 within the 1.5 kB of keep (1.0 kB)");
    }

    @Test
    void aDryRunSaysThatItIsOne() throws IOException {
        new PruneLines(log, MONTH, true).show(store, Pruning.tell(store, THINGS, MONTH, Instant.now()));
        assertThat(lines).contains("                            there         would go            stays");
        assertThat(lines).contains("Would free 5.0 MB, 3.0 kB would stay; nothing was removed");
    }

    @Test
    void agesAreInTheUnitInWhichOneThinksOfThem() {
        assertThat(PruneLines.text(Duration.ofHours(49))).isEqualTo("2 days");
        assertThat(PruneLines.text(Duration.ofHours(47))).isEqualTo("47 hours");
        assertThat(PruneLines.text(Duration.ofMinutes(90))).isEqualTo("90 minutes");
        assertThat(PruneLines.text(Duration.ofSeconds(90))).isEqualTo("90 seconds");
    }

    @Test
    void keptTrialsAreNamedAsTheirUsersOwn() {
        TrialRecord running = new TrialRecord("a", true, false, 1, Instant.EPOCH, List.of(), List.of(), 5);
        TrialRecord kept = new TrialRecord("b", false, true, 1, Instant.EPOCH, List.of(), List.of(), 70);
        new PruneLines(log, MONTH, false).showTrials(List.of(running, kept));
        assertThat(lines).containsExactly("1 kept trial stays, 70 B written: mvn jlayer:trials lists and removes them");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.layer.LayerPath;
import io.jlayer.overlay.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeLinesTest {

    private static final List<Change> CHANGES = List.of(
            change(Change.Kind.ADDED, "d", 0, true, false),
            change(Change.Kind.ADDED, "d/a", 5, false, false),
            change(Change.Kind.ADDED, "d/e", 0, true, false),
            change(Change.Kind.ADDED, "d/e/b", 1000, false, false),
            change(Change.Kind.CHANGED, "etc/hosts", 7, false, true),
            change(Change.Kind.DELETED, "gone", 0, true, false),
            change(Change.Kind.DELETED, "old", 0, false, false));

    private static final String ALL = "all of them: -Djlayer.try.diff=FILE.json";

    private static Change change(Change.Kind kind, String path, long size, boolean directory, boolean copiedUp) {
        return new Change(kind, LayerPath.of(path), size, directory, copiedUp);
    }

    @Test
    void fewChangesHaveALineEach() {
        assertThat(ChangeLines.of(CHANGES, 7))
                .containsExactly(
                        "A /d/",
                        "A /d/a  5 B",
                        "A /d/e/",
                        "A /d/e/b  1.0 kB",
                        "C /etc/hosts  7 B  (copied up)",
                        "D /gone/",
                        "D /old");
    }

    @Test
    void namesThatAProgramChoseMoveNoCursor() {
        Change change = change(Change.Kind.ADDED, "d/\033[2J", 1, false, false);
        assertThat(ChangeLines.of(List.of(change), 7)).containsExactly("A /d/\\033[2J  1 B");
        Change above = change(Change.Kind.ADDED, "\033[2J/a", 1, false, false);
        assertThat(ChangeLines.of(List.of(above, change), 1)).noneMatch(line -> line.contains("\033"));
    }

    @Test
    void manyChangesAreSummedUpByNewDirectory() {
        assertThat(ChangeLines.of(CHANGES, 6))
                .containsExactly("A /d/  2 files, 1.0 kB", "C /etc/hosts  7 B  (copied up)", "D /gone/", "D /old", ALL);
    }

    @Test
    void veryManyAreCountedByDirectory() {
        assertThat(ChangeLines.of(CHANGES, 3))
                .containsExactly("/  A 1, D 2, 0 B", "/d  A 3, 1.0 kB", "/etc  C 1, 7 B", ALL);
    }
}

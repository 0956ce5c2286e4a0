// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.house.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRemovalTest {

    @TempDir
    Path directory;

    /** A program that does so must not leave what nobody can remove. */
    @Test
    void directoriesDeeperThanAnyPathAreRemoved() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "trials run on Linux only");
        for (Ownership ownership : List.of(new Ownership.Real(), new Ownership.Flat())) {
            Path tree = Files.createDirectory(directory.resolve(ownership.name()));
            String name = "d".repeat(200);
            String deep = "i=0; while [ $i -lt 30 ]; do mkdir $0 && cd -P $0 || exit 1; i=$((i+1)); done";
            Programs.run(tree, "sh", "-c", deep, name);
            assertThat(TreeRemoval.remove(tree, ownership)).isTrue();
            assertThat(tree).doesNotExist();
        }
    }

    @Test
    void whatIsNotThereIsNotRemoved() throws IOException {
        assertThat(TreeRemoval.remove(directory.resolve("none"), new Ownership.Real()))
                .isFalse();
    }
}

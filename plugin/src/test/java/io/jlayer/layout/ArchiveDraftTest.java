// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveDraftTest {

    @TempDir
    Path directory;

    /** As two containers do that share a directory, and both have process 1. */
    @Test
    void eachHasAFileOfItsOwn() throws IOException {
        Path file = directory.resolve("image.tar");
        try (ArchiveDraft one = new ArchiveDraft(file);
                ArchiveDraft other = new ArchiveDraft(file)) {
            one.tar().add("a", new byte[1 << 20]);
            other.tar().add("b", new byte[1]);
            assertThat(directory.toFile().list()).hasSize(2);
            one.commit();
        }
        assertThat(file.toFile().length()).isGreaterThan(1 << 20);
        assertThat(directory.toFile().list()).containsExactly("image.tar");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.overlay.LayerDirectory;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.RootFs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerUserTest {

    /** Of a sparse file, which costs whoever makes the image nothing. */
    @Test
    void usersAreReadWithinBounds(@TempDir Path directory) throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "there are layers as directories on Linux only");
        Path passwd = Files.createDirectories(directory.resolve("etc")).resolve("passwd");
        Files.writeString(passwd, "root:x:0:0::/root:/bin/sh\nada:x:33:44::/home/ada:/bin/sh\n");
        RootFs rootFs =
                new RootFs(List.of(new LayerDirectory(directory, Collections.emptySortedSet())), new Ownership.Flat());
        assertThat(ContainerUser.of("ada", rootFs).home()).isEqualTo("/home/ada");
        try (RandomAccessFile file = new RandomAccessFile(passwd.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertThatThrownBy(() -> ContainerUser.of("ada", rootFs))
                .isInstanceOf(TrialException.class)
                .hasMessageContaining("/etc/passwd is longer than");
    }
}

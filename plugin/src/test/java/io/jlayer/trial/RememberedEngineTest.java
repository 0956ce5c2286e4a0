// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedEngineTest {

    @Test
    void damagedMemoryIsNone(@TempDir Path directory) throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "there are namespaces on Linux only");
        RememberedEngine remembered = new RememberedEngine(directory.resolve("trial-engine"));
        remembered.remember(Engine.MAPPED);
        assertThat(remembered.recall()).hasValue(Engine.MAPPED);
        Files.write(directory.resolve("trial-engine"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(remembered.recall()).isEmpty();
    }
}

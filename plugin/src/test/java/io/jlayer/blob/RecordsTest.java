// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

    private static final Digest KEY = Store.key("what?");
    private static final byte[] ANSWER = "that".getBytes(UTF_8);

    @TempDir
    Path root;

    private Records records;
    private Path file;

    @BeforeEach
    void openRecords() throws IOException {
        records = Store.open(root).records("kind-v1");
        file = root.resolve("records/kind-v1").resolve(KEY.hex());
    }

    @Test
    void whatWasLearntIsRemembered() throws IOException {
        assertThat(records.read(KEY)).isEmpty();
        records.write(KEY, ANSWER);
        assertThat(records.read(KEY)).hasValue(ANSWER);
        assertThat(Store.open(root).records("kind-v2").read(KEY)).isEmpty();
    }

    @Test
    void theLastWriterWinsAndLeavesNothingElse() throws IOException {
        records.write(KEY, ANSWER);
        records.write(KEY, new byte[0]);
        assertThat(records.read(KEY)).hasValue(new byte[0]);
        assertThat(root.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aDamagedRecordCountsAsMissing() throws IOException {
        records.write(KEY, ANSWER);
        byte[] sound = Files.readAllBytes(file);
        for (int i = 0; i < sound.length; i++) {
            byte[] changed = sound.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertThat(records.read(KEY)).as("changed at %s", i).isEmpty();
            Files.write(file, Arrays.copyOf(sound, i));
            assertThat(records.read(KEY)).as("cut off at %s", i).isEmpty();
        }
        Files.write(file, Arrays.copyOf(sound, sound.length + 1));
        assertThat(records.read(KEY)).isEmpty();
        records.write(KEY, ANSWER);
        assertThat(records.read(KEY)).hasValue(ANSWER);
    }
}

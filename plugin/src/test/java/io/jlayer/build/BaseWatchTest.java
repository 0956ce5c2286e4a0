// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseWatchTest {

    private static final String DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    @BeforeEach
    void makeArchive() throws IOException {
        Files.createFile(directory.resolve("base.tar"));
    }

    /** What may be another image tomorrow, with all files here the same, cannot be told by a look at them. */
    @ParameterizedTest
    @CsvSource({
        "scratch, true",
        "docker-archive:base.tar, true",
        "docker-archive:none.tar, false",
        "rootfs:., false",
        "debian:12, false",
        "debian@" + DIGEST + ", true",
        "docker-daemon:debian:12, false",
        "docker-daemon:0123456789ab, false",
        "docker-daemon:" + DIGEST + ", true",
        "containers-storage:debian:12, false",
        "containers-storage:debian@" + DIGEST + ", true"
    })
    void basesThatALookTellsAreWatched(String base, boolean watched) throws IOException {
        FileDigests digests = FileDigests.open(Store.open(directory.resolve("store")), directory);
        assertThat(new BaseWatch(directory, digests).watch(base)).isEqualTo(watched);
    }
}

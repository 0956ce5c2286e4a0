// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyProcessesTest {

    @TempDir
    Path root;

    @Test
    void processesThatPutTheSameBlobsDoNotDisturbEachOther() throws Exception {
        List<Process> processes = List.of(start("put"), start("put"), start("put"));
        for (Process process : processes) {
            assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                    .isEmpty();
            assertThat(process.waitFor()).isZero();
        }
        FileBlobStore store = Store.open(root).blobs();
        for (int number = 0; number < StoreProcess.BLOBS; number++) {
            byte[] content = StoreProcess.content(number);
            assertThat(store.file(Digest.sha256(content))).hasBinaryContent(content);
        }
        assertThat(files()).hasSize(StoreProcess.BLOBS);
    }

    @Test
    void aKilledProcessLeavesNothingThatCanBeSeen() throws Exception {
        Process process = start("hang");
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(out.readLine()).isEqualTo("ready");
            process.destroyForcibly().waitFor();
        }
        FileBlobStore store = Store.open(root).blobs();
        assertThat(store.contains(Digest.sha256("half a blob"))).isFalse();
        assertThat(files()).singleElement().satisfies(file -> assertThat(file.getParent())
                .hasFileName("tmp"));
    }

    private Process start(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        what,
                        root.toString())
                .redirectErrorStream(true)
                .start();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> Files.isRegularFile(file) && !file.endsWith(StoreUsers.FILE))
                    .toList();
        }
    }
}

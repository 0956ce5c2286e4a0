// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.blob.StoreUsers;
import io.jlayer.image.Image;
import io.jlayer.oci.History;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.Change;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.TestLayers;
import io.jlayer.overlay.ThisUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores on file systems that are too small, or cannot hold a writable layer. Such are mounted, which needs root. */
class OddStoreTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Store blobs;
    private Path store;
    private boolean mounted;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux") && ThisUser.uid() == 0, "only root can mount");
        TestAccess.assumeThere();
        blobs = Store.open(directory.resolve("blobs"));
        store = Files.createDirectory(directory.resolve("store"));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        if (mounted) {
            nothingIsLeftInTheStore();
            HostCommand.run(List.of("/bin/umount", "-l", store.toString()));
            Leftovers.before(directory).check();
        }
    }

    private void nothingIsLeftInTheStore() throws IOException {
        assertThat(store.resolve("trials").toFile().list()).isSubsetOf("lock");
        try (Stream<Path> all = Files.walk(store.resolve("layers"), 2)) {
            assertThat(all.filter(path -> path.toString().endsWith(".draft"))).isEmpty();
        }
    }

    private void mount(String... words) throws IOException {
        try {
            HostCommand.run(
                    Stream.concat(Stream.of("/bin/mount"), Stream.of(words)).toList());
        } catch (IOException e) {
            Assumptions.abort(e.getMessage());
        }
        mounted = true;
    }

    private TrialResult run(String script) throws IOException {
        Image image = Image.scratch(Platform.HOST)
                .append(
                        TestLayers.layer(blobs.blobs(), TestLayers.busybox()),
                        new History(Optional.empty(), "test", "", false));
        TrialSpec spec = TrialSpec.builder()
                .command(List.of("/bin/sh", "-c", script))
                .commit(true)
                .build();
        StoreUsers users = StoreUsers.of(store);
        users.enter();
        try {
            return new Trials(store, blobs.blobs(), List.of())
                    .run(image, spec, new Streams.Given(Optional.empty(), out, out));
        } finally {
            users.leave();
        }
    }

    @Test
    void layerThatDoesNotFitIsAnErrorThatSaysSo() throws IOException {
        mount("-t", "tmpfs", "-o", "size=300k", "tmpfs", store.toString());
        assertThatThrownBy(() -> run("true"))
                .hasMessageContaining("unpack layer sha256:")
                .hasMessageContaining("No space left on device");
    }

    /** Whatever the last block is used for: all is well, or it is an error that says so, and nothing is left. */
    @Test
    void diskMayBecomeFullAnywhere() throws IOException {
        mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", store.toString());
        run("true");
        long used = store.toFile().getTotalSpace() - store.toFile().getFreeSpace();
        int failed = 0;
        for (int blocks = 0; blocks <= 16; blocks++) {
            mount("-o", "remount,size=" + (used + blocks * 4096L), store.toString());
            try {
                run("echo runs; echo more >/new && echo wrote");
            } catch (IOException e) {
                failed++;
                assertThat(e).as("with %d blocks", blocks).hasMessageContaining("No space left on device");
            }
            nothingIsLeftInTheStore();
        }
        assertThat(failed).isPositive();
        assertThat(output()).endsWith("runs\nwrote\n");
    }

    @Test
    void programThatFillsTheDiskIsToldSo() throws IOException {
        mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", store.toString());
        TrialResult result = run("dd if=/dev/zero of=/big bs=1M count=20 2>&1; [ $? != 0 ] && rm /big && exit 4");
        assertThat(output()).contains("No space left on device");
        assertThat(result.exitCode()).isEqualTo(4);
    }

    @Test
    void overlayAsStoreWorksByOtherMeansAndThatIsSaid() throws IOException {
        for (String name : List.of("l", "u", "w")) {
            Files.createDirectory(directory.resolve(name));
        }
        mount(
                "-t",
                "overlay",
                "-o",
                "lowerdir=" + directory.resolve("l") + ",upperdir=" + directory.resolve("u") + ",workdir="
                        + directory.resolve("w"),
                "over",
                store.toString());
        TrialResult result = run("cat /etc/greeting; echo x >/new; echo y >>/etc/greeting; exit 3");
        assertThat(output()).isEqualTo("from the image\n");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.changes().all().stream().map(Change::toString)).containsExactly("C /etc/greeting", "A /new");
        assertThat(result.warnings())
                .anyMatch(warning -> warning.contains("fuse-overlayfs") || warning.contains("kept in memory"));
    }

    private String output() {
        return out.toString(UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.house.Programs;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreUsersTest {

    private static final int NOBODY = 65_534;

    @TempDir
    Path root;

    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeStore() throws IOException {
        Store.open(root).close();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Another process, which goes on when it is told. */
    private final class Other {

        private final Process process;
        private final BufferedReader said;

        Other() throws IOException {
            process = start("look", root);
            processes.add(process);
            said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            assertThat(said.readLine()).isEqualTo("begins");
        }

        Other opened() throws IOException {
            tell("");
            assertThat(said.readLine()).isEqualTo("open");
            return this;
        }

        void tell(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        }

        boolean isSilentFor(int millis) throws Exception {
            Thread.sleep(millis);
            return !said.ready();
        }
    }

    private Optional<Instant> oldest() throws IOException {
        List<Optional<Instant>> oldest = new ArrayList<>();
        StoreUsers.of(root).alone(oldest::add);
        return oldest.get(0);
    }

    private Digest oldBlob() throws IOException {
        try (Store store = Store.open(root)) {
            Digest digest =
                    store.blobs().put(MediaType.CONFIG, "old".getBytes(UTF_8)).digest();
            Files.setAttribute(store.blobs().file(digest), "lastAccessTime", FileBlobStore.SEAL);
            return digest;
        }
    }

    @Test
    void tellsSinceWhenTheOldestWorksUntilItIsKilled() throws Exception {
        assertThat(oldest()).isEmpty();
        Instant before = Instant.now().minus(Duration.ofHours(1)).minusSeconds(4);
        Other one = new Other().opened();
        Instant after = Instant.now().minus(Duration.ofHours(1));
        Thread.sleep(2000);
        Other two = new Other().opened();
        assertThat(oldest().orElseThrow()).isBetween(before, after);
        one.process.destroyForcibly().waitFor();
        assertThat(oldest().orElseThrow()).isAfter(before.plusSeconds(1));
        try (Store store = Store.open(root)) {
            assertThat(store.root()).isEqualTo(root);
            assertThat(oldest()).isPresent();
        }
        two.process.destroyForcibly().waitFor();
        assertThat(oldest()).isEmpty();
    }

    @Test
    void nobodyNotesAUseWhileSomethingIsRemoved() throws Exception {
        Digest blob = oldBlob();
        Other other = new Other().opened();
        StoreUsers.of(root).alone(oldest -> {
            other.tell(blob.toString());
            assertThat(silent(other)).isTrue();
            Files.delete(root.resolve("blobs/sha256").resolve(blob.hex()));
        });
        assertThat(other.said.readLine()).isEqualTo("false");
    }

    @Test
    void nobodyBeginsWhileSomethingIsRemoved() throws Exception {
        Other other = new Other();
        StoreUsers.of(root).alone(oldest -> {
            other.tell("");
            assertThat(silent(other)).isTrue();
        });
        assertThat(other.said.readLine()).isEqualTo("open");
    }

    private static boolean silent(Other other) {
        try {
            return other.isSilentFor(800);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNotThereIsNotUsed() throws IOException {
        StoreUsers users = StoreUsers.of(root);
        users.enter();
        assertThat(users.noteUse(root.resolve("nothing"))).isFalse();
        Path file = Files.createFile(root.resolve("something"));
        Files.setAttribute(file, "lastAccessTime", FileBlobStore.SEAL);
        assertThat(users.noteUse(file)).isTrue();
        assertThat(Files.getAttribute(file, "lastAccessTime")).isNotEqualTo(FileBlobStore.SEAL);
        users.leave();
    }

    /** An interrupt closes the channel that a thread just uses. */
    @Test
    void anInterruptedThreadTakesNoLockFromOthers() throws Exception {
        try (Store store = Store.open(root)) {
            Digest blob = oldBlob();
            Thread thread = new Thread(() -> {
                Thread.currentThread().interrupt();
                try {
                    store.blobs().contains(blob);
                } catch (IOException e) {
                    return; // as it should
                }
            });
            thread.start();
            thread.join();
            Files.setAttribute(store.blobs().file(blob), "lastAccessTime", FileBlobStore.SEAL);
            assertThat(store.blobs().contains(blob)).isTrue();
            assertThat(oldest()).isPresent();
        }
    }

    /** No look at the channel may stand between an interrupt and what others see. */
    @Test
    void anInterruptedThreadLeavesTheProcessInSight() throws Exception {
        try (Store store = Store.open(root)) {
            Digest fresh =
                    store.blobs().put(MediaType.CONFIG, "new".getBytes(UTF_8)).digest();
            Digest old = oldBlob();
            Thread thread = new Thread(() -> {
                Thread.currentThread().interrupt();
                try {
                    store.blobs().contains(old);
                } catch (IOException e) {
                    return; // this thread alone may fail
                }
            });
            thread.start();
            thread.join();
            assertThat(store.blobs().contains(fresh)).isTrue();
            assertThat(isSeenByOthers()).isTrue();
        }
        assertThat(isSeenByOthers()).isFalse();
    }

    /** Whether another process keeps what this one uses. */
    private boolean isSeenByOthers() throws Exception {
        Process process = start("oldest", root);
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.startsWith("present");
    }

    private static Process start(String what, Path root, String... prefix) throws IOException {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreUserProcess.class.getName(),
                what,
                root.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** POSIX takes all locks of a process on a file back when it closes the file once. */
    @Test
    void aSecondCopyOfThePluginTakesNoLockFromTheFirst() throws Exception {
        try (URLClassLoader second = secondCopy();
                Store store = Store.open(root)) {
            Class<?> type = second.loadClass(Store.class.getName());
            assertThat(type).isNotSameAs(Store.class);
            AutoCloseable other =
                    (AutoCloseable) type.getMethod("open", Path.class).invoke(null, root);
            other.close();
            assertThat(store.root()).isEqualTo(root);
            assertThat(isSeenByOthers()).isTrue();
        }
        assertThat(isSeenByOthers()).isFalse();
    }

    private static URLClassLoader secondCopy() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void aStoreThatIsMadeAnewHasItsOwnUsers() throws Exception {
        Files.delete(root.resolve(StoreUsers.FILE));
        try (Store store = Store.open(root)) {
            assertThat(store.root().resolve(StoreUsers.FILE)).exists();
            assertThat(isSeenByOthers()).isTrue();
        }
    }

    @Test
    void whoLooksAfterTheEndIsNoUser() throws Exception {
        Digest blob = oldBlob();
        Store store = Store.open(root);
        store.close();
        assertThat(store.blobs().contains(blob)).isTrue();
        assertThat(isSeenByOthers()).isFalse();
    }

    private void giveToNobody() throws IOException {
        Assumptions.assumeTrue(
                FileState.hasUnixAttributes(root)
                        && Files.getAttribute(root, "unix:uid").equals(0),
                "needs root");
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", NOBODY);
            }
        }
    }

    @Test
    void whatRootMakesBelongsToTheOwnerOfTheStore() throws IOException {
        giveToNobody();
        Path users = root.resolve(StoreUsers.FILE);
        Files.delete(users);
        Store.open(root).close();
        assertThat(Files.getAttribute(users, "unix:uid")).isEqualTo(NOBODY);
    }

    @Test
    void locksOnAnothersFileAreSeen() throws Exception {
        Programs.assumeInstalled("setpriv");
        giveToNobody();
        Files.setAttribute(root.resolve(StoreUsers.FILE), "unix:uid", 0);
        Files.setPosixFilePermissions(root.resolve(StoreUsers.FILE), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process process = start("look", root, "setpriv", "--reuid=" + NOBODY, "--clear-groups");
        processes.add(process);
        BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        assertThat(said.readLine()).isEqualTo("begins");
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertThat(said.readLine()).isEqualTo("open");
        assertThat(oldest()).isPresent();
    }
}

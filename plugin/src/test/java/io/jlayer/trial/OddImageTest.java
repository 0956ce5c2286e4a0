// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.image.Image;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.History;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.TestLayers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that say strange things, or whose programs cannot run. */
class OddImageTest extends WithTrials {

    private static final History HISTORY = new History(Optional.empty(), "test", "", false);
    private static final int X86_64 = 62;
    private static final int RISCV = 243;

    private TrialResult run(JsonObject config, List<FileEntry> more, TrialSpec.Builder spec) throws IOException {
        Layer lower = TestLayers.layer(store.blobs(), TestLayers.busybox());
        Layer upper = TestLayers.layer(store.blobs(), more);
        Image image = Image.scratch(Platform.HOST).append(lower, HISTORY).append(upper, HISTORY);
        return run(image.withConfig(image.config().withExecution(config)), spec);
    }

    private void runFile(String name, int mode, byte[] content) throws IOException {
        run(
                JsonObject.EMPTY,
                List.of(TestLayers.file(name, mode, FileContent.of(content))),
                TrialSpec.builder().command(List.of("/" + name)));
    }

    /** A little-endian ELF file of 64 bits that names a loader and has no code. */
    private static byte[] elf(int machine, String loader) {
        byte[] name = (loader + "\0").getBytes(UTF_8);
        ByteBuffer elf = ByteBuffer.allocate(120 + name.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putShort(16, (short) 2).putShort(18, (short) machine).putInt(20, 1);
        elf.putLong(32, 64).putShort(52, (short) 64).putShort(54, (short) 56).putShort(56, (short) 1);
        elf.putInt(64, 3).putLong(72, 120).putLong(96, name.length);
        elf.position(120);
        elf.put(name);
        return elf.array();
    }

    @Test
    void missingInterpreterIsNamed() {
        assertThatThrownBy(() -> runFile("run", 0755, "#!/nowhere -x\necho no\n".getBytes(UTF_8)))
                .hasMessageContaining("'/run' needs /nowhere, which the image does not have");
    }

    @Test
    void missingLoaderIsNamed() {
        assumeTrue(Platform.HOST.architecture().equals("amd64"), "the file is for amd64");
        assertThatThrownBy(() -> runFile("run", 0755, elf(X86_64, "/lib/ld-nowhere.so.1")))
                .hasMessageContaining("'/run' needs /lib/ld-nowhere.so.1, which the image does not have");
    }

    @Test
    void programOfAnotherMachineIsSaid() {
        assumeTrue(!Path.of("/proc/sys/fs/binfmt_misc/qemu-riscv64").toFile().exists(), "runs here by qemu");
        assertThatThrownBy(() -> runFile("run", 0755, elf(RISCV, "/bin/busybox")))
                .hasMessageContaining("'/run' is a program for riscv64 and this machine is ");
    }

    @Test
    void fileThatIsNoProgramIsSaid() {
        assertThatThrownBy(() -> runFile("run", 0644, "#!/bin/sh\n".getBytes(UTF_8)))
                .hasMessageContaining("'/run' may not be executed");
        assertThatThrownBy(() ->
                        run(JsonObject.EMPTY, List.of(), TrialSpec.builder().command(List.of("/etc"))))
                .hasMessageContaining("'/etc' is a directory");
    }

    @Test
    void environmentIsTakenAsItIs() throws IOException {
        List<String> odd = List.of("LINES=one\ntwo", "=", "NOTHING", "", "EMPTY=", "-u=minus", "A B=c  d", "=x");
        run(JsonObject.EMPTY.with("Env", odd), List.of(), TrialSpec.builder().command(List.of("env")));
        assertThat(output().lines().filter(line -> !line.matches("(HOME|PATH|TERM)=.*")))
                .containsExactlyInAnyOrder("-u=minus", "A B=c  d", "EMPTY=", "LINES=one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody-here", "0:nogroup-here", "-1", "99999999999", "0:-5", "ada:x"})
    void userThatThereIsNotIsNamed(String user) {
        assertThatThrownBy(() -> run(JsonObject.EMPTY.with("User", user), List.of(), shell("id")))
                .hasMessageContaining("the image has no ")
                .hasMessageContaining(" in its /etc/");
    }

    @Test
    void userNeedsNoLineInPasswd() throws IOException {
        run(JsonObject.EMPTY.with("User", "1000:1001"), List.of(), shell("id -u; id -g; echo $HOME"));
        assertThat(output()).isEqualTo("1000\n1001\n/\n");
    }

    @Test
    void passwdMayBeDamaged() throws IOException {
        List<FileEntry> damaged = List.of(
                TestLayers.text("etc/passwd", "\n:::\nx:y\nroot:x:zero:0::/:/bin/sh\nbob:x:7:8::/b:/bin/sh\n\0"));
        run(JsonObject.EMPTY.with("User", "bob"), damaged, shell("id -u 2>/dev/null"));
        assertThat(output()).isEqualTo("7\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/not/there", "relative", "/home/../srv//x/", "/bin/../.."})
    void workingDirectoryIsMade(String name) throws IOException {
        TrialResult result = run(JsonObject.EMPTY.with("WorkingDir", name), List.of(), shell("pwd; echo x >f"));
        assertThat(output())
                .isEqualTo("/" + Path.of("/", name).normalize().toString().substring(1) + "\n");
        assertThat(result.changes().all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/x/x", "/x/etc/.."})
    void workingDirectoryMayBeALinkToTheRoot(String name) throws IOException {
        List<FileEntry> link = List.of(new FileEntry.Symlink(LayerPath.of("x"), Metadata.FILE, "/"));
        TrialResult result = run(JsonObject.EMPTY.with("WorkingDir", name), link, shell("cat etc/greeting; ls -d x"));
        assertThat(output()).isEqualTo("from the image\nx\n");
        assertThat(result.changes().all()).isEmpty();
    }

    @Test
    void workingDirectoryThatIsAFileIsSaid() {
        assertThatThrownBy(() -> run(JsonObject.EMPTY.with("WorkingDir", "/etc/passwd"), List.of(), shell("true")))
                .hasMessageContaining("etc/passwd")
                .hasMessageContaining("no directory");
    }

    @Test
    void strangeVolumesDoNoHarm() throws IOException {
        JsonObject volumes = JsonObject.EMPTY;
        for (String name : List.of("/", "", "/a b", "/tmp", "/tmp/x", "/..", "/home/../new")) {
            volumes = volumes.with(name, JsonObject.EMPTY);
        }
        JsonObject config = JsonObject.EMPTY.with("Volumes", volumes);
        run(
                config,
                List.of(),
                shell("cat /etc/greeting; touch '/a b/f' /tmp/f /new/f && echo ok")
                        .readOnly(true));
        run(config, List.of(), shell("cat /etc/greeting"));
        assertThat(output()).isEqualTo("from the image\nok\nfrom the image\n");
    }

    @Test
    void volumesOfTheImageAreThereAsDirectories() throws IOException {
        JsonObject volumes = JsonObject.EMPTY;
        for (String name : List.of("/var/lib/new", "/etc/passwd/x", "/etc", "/data/x")) {
            volumes = volumes.with(name, JsonObject.EMPTY);
        }
        Path data = Files.writeString(directory.resolve("data"), "own\n");
        TrialResult result = run(
                JsonObject.EMPTY.with("Volumes", volumes),
                List.of(),
                shell("ls -ld /var/lib/new | cut -c1-10; cat /etc/greeting; test -f /etc/passwd && cat /data;"
                                + " touch /var/lib/new/f")
                        .volumes(List.of(Volume.parse(data + ":/data", directory))));
        assertThat(output()).isEqualTo("drwxr-xr-x\nfrom the image\nown\n");
        assertThat(result.changes().all().stream().map(Object::toString)).containsExactly("A /var/lib/new/f");
    }

    @Test
    void programsAreFoundAsTheKernelAndShellsFindThem() throws IOException {
        run(JsonObject.EMPTY, List.of(), TrialSpec.builder().command(List.of("/bin/../bin/echo", "up")));
        List<FileEntry> inTheWay = List.of(
                new FileEntry.Directory(LayerPath.of("usr/bin/echo"), Metadata.DIRECTORY),
                TestLayers.file("sbin/echo", 0644, FileContent.of(new byte[0])));
        run(
                JsonObject.EMPTY.with("Env", List.of("PATH=/usr/bin:/opt/x/../../sbin:/bin")),
                inTheWay,
                TrialSpec.builder().command(List.of("echo", "down")));
        run(
                JsonObject.EMPTY.with("Env", List.of("PATH=")).with("WorkingDir", "/bin"),
                List.of(),
                TrialSpec.builder().command(List.of("./echo", "here")));
        assertThat(output()).isEqualTo("up\ndown\nhere\n");
    }
}

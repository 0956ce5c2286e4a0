// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.TestLayers;
import io.jlayer.overlay.ThisUser;
import io.jlayer.overlay.TreeRemoval;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The same trials as a user without rights, with subordinate ids and without. The user exists only in a mount namespace in
 * which files of our own lie over this machine's lists of users; that needs root.
 */
class PlainUserTest {

    private static final int UID = 47110;

    private Path directory;

    @BeforeEach
    void asRoot() throws IOException {
        assumeTrue(TestLayers.haveBusybox(), "needs /bin/busybox, linked statically");
        assumeTrue(System.getProperty("os.name").equals("Linux") && ThisUser.uid() == 0, "only root can become others");
        assumeTrue(HostPrograms.find("setpriv").isPresent(), "needs setpriv");
        directory = Files.createTempDirectory("jlayer-user");
        Files.setAttribute(directory, "unix:mode", 0755);
    }

    @AfterEach
    void clean() throws IOException {
        if (directory != null) {
            TreeRemoval.remove(directory, new Ownership.Real());
        }
    }

    @Test
    void allTrialsWorkWithSubordinateIds() throws Exception {
        assumeTrue(HostPrograms.find("newuidmap").isPresent(), "needs newuidmap");
        assumeTrue(Files.exists(Path.of("/etc/subuid")), "needs an /etc/subuid to lay another over");
        String output = runTrialTests("tryu:300000:65536\n");
        assertThat(output).contains("engine MAPPED").endsWith("all passed\n");
    }

    @Test
    void allTrialsWorkWithoutSubordinateIds() throws Exception {
        String output = runTrialTests("");
        assertThat(output).contains("engine FLAT").endsWith("all passed\n");
    }

    /** As in a container of podman's, where nobody may mount a /proc of their own. */
    @Test
    void allTrialsWorkWhereProcIsMasked() throws Exception {
        String output = runTrialTests(
                "",
                "mount --bind /dev/null /proc/timer_list;",
                "portOfAPrivateNetworkIsPublished,seccompForbidsWhatIsTheMachinesBusiness,seccompLeavesTheRestAsItIs");
        assertThat(output).contains("engine FLAT").endsWith("all passed\n");
    }

    private String runTrialTests(String subordinate) throws Exception {
        return runTrialTests(subordinate, "", "");
    }

    /** All but {@code without} of the tests, after {@code first} was done as root. */
    private String runTrialTests(String subordinate, String first, String without) throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.setAttribute(home, "unix:uid", UID);
        Files.setAttribute(home, "unix:gid", UID);
        Files.writeString(
                directory.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd")) + "tryu:x:" + UID + ":" + UID + "::" + home + ":/bin/sh\n");
        Files.writeString(directory.resolve("subuid"), subordinate);
        Files.writeString(directory.resolve("subgid"), subordinate);
        String script = "set -e; " + first
                + " for f in passwd subuid subgid; do [ ! -e /etc/$f ] || mount --bind \"$0/$f\" /etc/$f; done;"
                + " mknod -m 666 \"$0/tun\" c 10 200 && mount --bind \"$0/tun\" /dev/net/tun || :;"
                + " exec setpriv --reuid=" + UID + " --regid=" + UID
                + " --clear-groups env HOME=\"$0/home\" \"$@\"";
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, directory.toString()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + home,
                "-cp",
                readableClassPath(),
                TestRunner.class.getName(),
                home.toString(),
                without));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(home.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** The class path's own places may be closed to the user, so all of it is copied. */
    private String readableClassPath() throws IOException {
        List<String> copies = new ArrayList<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            Path copy = directory.resolve("cp" + copies.size() + "-" + source.getFileName());
            if (Files.isDirectory(source)) {
                copyTree(source, copy);
                copies.add(copy.toString());
            } else if (Files.exists(source)) {
                Files.copy(source, copy);
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copyTree(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                Files.createDirectory(target.resolve(source.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, target.resolve(source.relativize(from)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

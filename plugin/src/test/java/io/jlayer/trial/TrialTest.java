// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.oci.History;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.Change;
import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.TestLayers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trials of a small image, in whatever way works here; nothing may be left of any. */
class TrialTest extends WithTrials {

    @Test
    void commandOfTheImageRuns() throws IOException {
        TrialResult result = run(image("Cmd", List.of("sh", "-c", "cat /etc/greeting; exit 7")), TrialSpec.builder());
        assertThat(output()).isEqualTo("from the image\n");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.ending()).isEqualTo(TrialResult.Ending.EXITED);
        assertThat(result.changes().all()).isEmpty();
        assertThat(result.warnings()).noneMatch(warning -> warning.contains("fuse") || warning.contains("memory"));
    }

    @Test
    void entrypointComesBeforeCommandAndArgumentsReplaceTheLatter() throws IOException {
        Image image = image("Entrypoint", List.of("echo", "a"), "Cmd", List.of("b"));
        run(image, TrialSpec.builder());
        run(image, TrialSpec.builder().arguments(List.of("c d", "e'f")));
        assertThat(output()).isEqualTo("a b\na c d e'f\n");
    }

    @Test
    void environmentIsTheImagesAndTheSpecs() throws IOException {
        Image image = image("Env", List.of("COLOUR=red and 'blue'", "SHAPE=round", "LD_LIBRARY_PATH=/lib/x"));
        run(image, shell("env | grep -v -e PWD -e SHLVL -e TERM").environment(new TreeMap<>(Map.of("SHAPE", "flat"))));
        assertThat(output().lines().sorted())
                .containsExactly(
                        "COLOUR=red and 'blue'",
                        "HOME=/root",
                        "LD_LIBRARY_PATH=/lib/x",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "SHAPE=flat");
    }

    @Test
    void userIsFoundInTheImage() throws IOException {
        run(image("User", "ada", "WorkingDir", "/home/ada/new"), shell("id -u; id -g; pwd; echo $HOME"));
        run(image("User", "33:55"), shell("id -u; id -g"));
        run(image("User", "1234"), shell("id -u"));
        assertThat(output().lines().filter(line -> !line.isEmpty()).toList())
                .startsWith("33", "44", "/home/ada/new", "/home/ada", "33", "55", "1234");
    }

    @Test
    void unknownUserIsSaid() {
        assertThatThrownBy(() -> run(image("User", "bob"), shell("true"))).hasMessageContaining("no user 'bob'");
    }

    @Test
    void changesAreListed() throws IOException {
        TrialResult result = run(
                image(),
                shell("echo new >/etc/new; echo more >>/etc/greeting; rm /etc/group; mkdir -p /opt/a; echo x >/opt/a/b;"
                        + " rm -r /home; mkdir /home"));
        assertThat(result.changes().all().stream().map(Change::toString))
                .containsExactly(
                        "C /etc/greeting",
                        "D /etc/group",
                        "A /etc/new",
                        "D /home/ada",
                        "A /opt",
                        "A /opt/a",
                        "A /opt/a/b");
        assertThat(result.changes().size()).isEqualTo("from the image\nmore\nnew\nx\n".length());
    }

    @Test
    void programIsFirstAndSeesNothingOfThisMachine() throws IOException {
        run(
                image(),
                shell("echo $$; ls /proc | grep -c '^[0-9]'; hostname; cat /etc/hostname; grep -c . /proc/mounts;"
                        + " ls " + directory
                        + " 2>&1; grep NoNewPrivs /proc/self/status; ls /dev/null /dev/pts /dev/shm -d"));
        List<String> lines = output().lines().toList();
        assertThat(lines.get(0)).isEqualTo("1");
        assertThat(lines.get(2)).startsWith("t-").isEqualTo(lines.get(3));
        assertThat(output()).contains("No such file").contains("NoNewPrivs:\t1");
    }

    @Test
    void inputIsRead() throws IOException {
        run(image(), shell("cat"), "hello\n");
        assertThat(output()).isEqualTo("hello\n");
    }

    @Test
    void timeoutStopsIt() throws IOException {
        TrialResult result = run(
                image("Cmd", List.of("sh", "-c", "trap 'exit 3' TERM; echo on; while true; do sleep 0.1; done")),
                TrialSpec.builder().timeout(Duration.ofSeconds(2)));
        assertThat(result.ending()).isEqualTo(TrialResult.Ending.TIMED_OUT);
        assertThat(result.exitCode()).isEqualTo(3);
    }

    /** As systemd's images ask for it; what nobody knows is no reason to kill at once. */
    @ParameterizedTest
    @CsvSource({"SIGRTMIN+3, 37", "SIGNOSUCH, TERM"})
    void everyStopSignalLeavesTheProgramItsTime(String signal, String sent) throws IOException {
        String program = "trap 'exit 3' " + sent + "; while true; do sleep 0.1; done";
        TrialResult result = run(
                image("StopSignal", signal, "Cmd", List.of("sh", "-c", program)),
                TrialSpec.builder().timeout(Duration.ofSeconds(2)));
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void whatDoesNotStopIsKilled() throws IOException {
        TrialResult result = run(
                image("Cmd", List.of("sh", "-c", "trap '' TERM; sleep 100 & wait; sleep 100")),
                TrialSpec.builder().timeout(Duration.ofSeconds(1)).stopTime(Duration.ofMillis(200)));
        assertThat(result.exitCode()).isEqualTo(137);
    }

    @Test
    void keptTrialIsResumedCommittedAndRemoved() throws IOException {
        Image image = image();
        run(image, shell("echo one >/note; rm /etc/group").keep("mine"));
        TrialRecord kept = trials.list().get(0);
        assertThat(kept.name()).isEqualTo("mine");
        assertThat(kept.running()).isFalse();
        assertThat(kept.size()).isEqualTo(4);
        assertThatThrownBy(() -> run(image, shell("true").keep("mine")))
                .hasMessageContaining("there is one of that name");
        TrialResult result =
                run(image, shell("cat /note; echo two >>/note").resume("mine").commit(true));
        assertThat(output()).isEqualTo("one\n");
        Layer layer = result.layer().orElseThrow();
        Image next = image.append(layer, new History(Optional.empty(), "trial", "", false));
        run(next, shell("cat /note; ls /etc/group 2>&1; true"));
        assertThat(output()).startsWith("one\none\ntwo\n").contains("No such file");
        trials.remove("mine");
        assertThatThrownBy(() -> trials.remove("mine")).hasMessageContaining("none of that name");
    }

    @Test
    void filesThatOnlyTheirOwnerMayReadAreListedAndCommitted() throws IOException {
        Image image = image("User", "ada");
        String script = "umask 077; cd /tmp; mkdir d; echo secret >d/f; chmod 0 d/f; echo >d/x; chmod 700 d/x";
        TrialResult result = run(image, shell(script).commit(true));
        assertThat(result.changes().all().stream().map(Change::toString))
                .containsExactly("A /tmp/d", "A /tmp/d/f", "A /tmp/d/x");
        Image next = image.append(result.layer().orElseThrow(), new History(Optional.empty(), "trial", "", false));
        run(next, shell("chmod 600 /tmp/d/f; cat /tmp/d/f; stat -c %u /tmp/d; stat -c %a /tmp"));
        assertThat(output().lines()).first().isEqualTo("secret");
        assertThat(output()).endsWith("1777\n");
    }

    @Test
    void twoTrialsShareLayersAndDoNotSeeEachOther() throws Exception {
        Image image = image();
        String script = "read me; echo $me >/who; echo $me is here; read go; cat /who; ls /other-* 2>/dev/null; true";
        TalkingTrial one = new TalkingTrial(trials, image, shell(script).build());
        TalkingTrial two = new TalkingTrial(trials, image, shell(script).build());
        assertThat(one.say("one")).isEqualTo("one is here");
        assertThat(two.say("two")).isEqualTo("two is here");
        assertThat(trials.list()).hasSize(2).allMatch(TrialRecord::running);
        assertThat(one.say("go")).isEqualTo("one");
        assertThat(two.say("go")).isEqualTo("two");
        assertThat(one.result().exitCode()).isZero();
        assertThat(two.result().exitCode()).isZero();
        try (var ownerships = Files.list(store.root().resolve("layers"))) {
            assertThat(directories(ownerships.findFirst().orElseThrow()))
                    .as("the image's layer, and that of the devices")
                    .hasSize(2);
        }
    }

    @Test
    void missingProgramIsSaid() {
        assertThatThrownBy(() -> run(image("Cmd", List.of("jav")), TrialSpec.builder()))
                .hasMessageContaining("no program 'jav' in its PATH");
        assertThatThrownBy(() -> run(image("Cmd", List.of("/opt/cat")), TrialSpec.builder()))
                .hasMessageContaining("there is /bin/cat");
        assertThatThrownBy(() -> run(image("Cmd", List.of("script")), TrialSpec.builder()))
                .hasMessageContaining("'script' needs /bin/python");
        assertThatThrownBy(() -> run(image(), TrialSpec.builder())).hasMessageContaining("names nothing to run");
    }

    @Test
    void imageOfAnotherPlatformIsSaid() throws IOException {
        Image other = Image.scratch(new Platform("linux", "s390x", ""));
        assertThatThrownBy(() -> run(other, shell("true"))).hasMessageContaining("linux/s390x");
    }

    @Test
    void manyLayersFit() throws IOException {
        Image image = image();
        for (int i = 2; i <= Image.MAX_LAYERS; i++) {
            Layer layer = TestLayers.layer(store.blobs(), List.of(TestLayers.text("n", "layer " + i + "\n")));
            image = image.append(layer, new History(Optional.empty(), "test", "", false));
        }
        run(image, shell("cat /n"));
        assertThat(output()).isEqualTo("layer 127\n");
    }

    @Test
    void storeMayHaveAnyName() throws IOException {
        store = Store.open(directory.resolve("a:b, c=d'e\"f\\g #h$i"));
        trials = new Trials(store.root(), store.blobs(), List.of());
        run(image(), shell("cat /etc/greeting; echo x >/y"));
        assertThat(output()).isEqualTo("from the image\n");
    }

    @Test
    void readyProgramIsStoppedAndThatIsSuccess() throws IOException {
        int port = freePort();
        TrialResult result = run(
                image(
                        "Cmd",
                        List.of("sh", "-c", "trap 'exit 0' TERM; httpd -f -p 127.0.0.1:" + port + " -h /etc & wait")),
                TrialSpec.builder().probe(Readiness.parse("http://127.0.0.1:" + port + "/greeting")));
        assertThat(result.ending()).isEqualTo(TrialResult.Ending.READY);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void portOfAPrivateNetworkIsPublished() throws IOException {
        assumeTrue(HostPrograms.find("pasta").isPresent(), "needs pasta");
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "needs /dev/net/tun");
        int port = freePort();
        TrialResult result = run(
                image("Cmd", List.of("sh", "-c", "trap 'exit 0' TERM; httpd -f -p 8080 -h /etc & wait")),
                TrialSpec.builder()
                        .network(Network.PRIVATE)
                        .publish(List.of(PublishedPort.parse(port + ":8080")))
                        .timeout(Duration.ofSeconds(20))
                        .probe(Readiness.parse("http://127.0.0.1:" + port + "/greeting")));
        assertThat(result.ending()).isEqualTo(TrialResult.Ending.READY);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void memoryIsLimitedOrThatIsSaid() throws IOException {
        TrialResult result = run(
                image(),
                shell("dd if=/dev/zero of=/dev/shm/x bs=1M count=60 2>/dev/null; echo status $?")
                        .limits(new Limits(OptionalLong.of(Limits.parseBytes("24m")), OptionalDouble.of(1.5))));
        if (result.warnings().stream().noneMatch(warning -> warning.contains("not limited"))) {
            assertThat(output()).isEqualTo("status 137\n");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void readOnlyRootCannotBeWritten() throws IOException {
        run(image(), shell("touch /x 2>&1; touch /tmp/x && echo ok").readOnly(true));
        assertThat(output()).contains("Read-only").contains("ok");
    }

    @Test
    void seccompForbidsWhatIsTheMachinesBusiness() throws IOException {
        assumeTrue(HostPrograms.find("crun").isPresent(), "needs crun");
        String script = "echo $$ $COLOUR $LD_X; grep Seccomp: /proc/self/status; busybox unshare -U true 2>/dev/null ||"
                + " echo refused; cat; echo x >/dev/null; pwd; touch /srv/x; exit 7";
        TrialResult result = run(
                image("Env", List.of("COLOUR=a  'b'", "LD_X=y"), "WorkingDir", "/srv"),
                shell(script).seccomp(true),
                "input\n");
        assertThat(output()).isEqualTo("1 a 'b' y\nSeccomp:\t2\nrefused\ninput\n/srv\n");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.changes().all().stream().map(Change::toString)).containsExactly("A /srv/x");
    }

    @Test
    void seccompLeavesTheRestAsItIs() throws IOException {
        assumeTrue(HostPrograms.find("crun").isPresent(), "needs crun");
        TrialResult result = run(
                image(),
                shell(
                                "touch /x 2>/dev/null || echo ro; touch /tmp/x && trap 'exit 3' TERM; while :; do sleep 0.1; done")
                        .readOnly(true)
                        .network(Network.NONE)
                        .timeout(Duration.ofSeconds(2))
                        .seccomp(true));
        assertThat(output()).isEqualTo("ro\n");
        assertThat(result.ending()).isEqualTo(TrialResult.Ending.TIMED_OUT);
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void volumesAreSeen() throws IOException {
        Path data = Files.createDirectory(directory.resolve("my data"));
        Files.writeString(data.resolve("in"), "volume\n");
        run(
                image(),
                shell("cat /srv/in; echo out >/srv/out; touch /fixed/x 2>&1; cat /one")
                        .volumes(List.of(
                                Volume.parse(data + ":/srv", directory),
                                Volume.parse(data + ":/fixed:ro", directory),
                                Volume.parse(data.resolve("in") + ":/one:ro", directory))));
        assertThat(output()).startsWith("volume\n").contains("Read-only").endsWith("volume\n");
        assertThat(data.resolve("out")).hasContent("out\n");
        assertThat(data.resolve("x")).doesNotExist();
    }

    @Test
    void nodesOfDevicesThatAProgramMakesOpenNothing() throws IOException {
        String script = "for at in / /srv /tmp; do busybox mknod $at/zero c 1 5 2>/dev/null || echo none;"
                + " busybox head -c 1 $at/zero 2>/dev/null | busybox wc -c; done; busybox head -c 1 /dev/zero | busybox wc -c";
        Path data = Files.createDirectory(directory.resolve("data"));
        run(image(), shell(script).volumes(List.of(Volume.parse(data + ":/srv", directory))));
        assertThat(output().replace("none\n", "")).isEqualTo("0\n0\n0\n1\n");
    }

    @Test
    void networkNoneHasOnlyItself() throws IOException {
        run(image(), shell("ip -o link | grep -c .; ip -o addr").network(Network.NONE));
        assertThat(output()).startsWith("1\n");
    }

    @Override
    TrialResult run(Image image, TrialSpec.Builder spec) throws IOException {
        return run(image, spec, "");
    }

    private TrialResult run(Image image, TrialSpec.Builder spec, String in) throws IOException {
        Optional<InputStream> input = Optional.of(new ByteArrayInputStream(in.getBytes(UTF_8)));
        return trials.run(image, spec.build(), new Streams.Given(input, out, out));
    }

    private Image image(Object... config) throws IOException {
        Layer layer = TestLayers.layer(store.blobs(), TestLayers.busybox());
        JsonObject execution = JsonObject.EMPTY;
        for (int i = 0; i < config.length; i += 2) {
            execution = execution.with((String) config[i], config[i + 1]);
        }
        Platform platform = new Platform("linux", "amd64", "");
        Image plain = Image.scratch(platform).append(layer, new History(Optional.empty(), "test", "", false));
        return plain.withConfig(plain.config().withExecution(execution));
    }

    private static List<String> directories(Path root) throws IOException {
        try (var files = Files.list(root)) {
            return files.filter(Files::isDirectory).map(Path::toString).toList();
        }
    }
}

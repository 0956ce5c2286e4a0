// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.oci.History;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.Change;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.TestLayers;
import io.jlayer.trial.Engine;
import io.jlayer.trial.Limits;
import io.jlayer.trial.Readiness;
import io.jlayer.trial.Streams;
import io.jlayer.trial.TrialResult;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Trials;
import io.jlayer.trial.Volume;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trials by the engines that are installed here; nothing may be left of any. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerEngineTest {

    private Path temporary;
    private RealEngines engines;
    private List<Path> programs = List.of();
    private Store store;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        temporary = shared;
        engines = RealEngines.start();
        programs = engines.programs();
        store = Store.open(temporary.resolve("store"));
    }

    List<Path> programs() {
        return programs;
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        for (Path program : programs) {
            assertThat(HostCommand.runAsUser(List.of(program.toString(), "ps", "--all", "--quiet")))
                    .isBlank();
            assertThat(HostCommand.runAsUser(List.of(program.toString(), "image", "ls", "--quiet")))
                    .isBlank();
        }
        assertThat(store.root().resolve("trials").toFile().list()).containsExactly("lock");
        assertThat(store.root().resolve("tmp").toFile().list()).isEmpty();
        out.reset();
    }

    @AfterAll
    void stop() throws Exception {
        if (engines != null) {
            engines.stop();
        }
    }

    private TrialResult run(Path program, Image image, TrialSpec.Builder spec) throws IOException {
        return run(program, image, spec, "");
    }

    private TrialResult run(Path program, Image image, TrialSpec.Builder spec, String in) throws IOException {
        Streams streams = new Streams.Given(Optional.of(new ByteArrayInputStream(in.getBytes(UTF_8))), out, out);
        return trials(program).run(image, spec.engine(Engine.DOCKER).build(), streams);
    }

    private Trials trials(Path program) throws IOException {
        return new Trials(store.root(), store.blobs(), List.of(new DockerEngine(program.toString(), store)));
    }

    private String output() {
        return out.toString(UTF_8);
    }

    private static TrialSpec.Builder shell(String script) {
        return TrialSpec.builder().command(List.of("/bin/sh", "-c", script));
    }

    private Image image(Object... config) throws IOException {
        JsonObject execution = JsonObject.EMPTY;
        for (int i = 0; i < config.length; i += 2) {
            execution = execution.with((String) config[i], config[i + 1]);
        }
        History history = new History(Optional.empty(), "test", "", false);
        Image image =
                Image.scratch(Platform.HOST).append(TestLayers.layer(store.blobs(), TestLayers.busybox()), history);
        return image.withConfig(image.config().withExecution(execution));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void runsTheImageAsItSays(Path program) throws IOException {
        Image image = image(
                "Entrypoint", List.of("sh", "-c", "echo $0 $COLOUR; id -u; pwd; cat; exit 7"),
                "Cmd", List.of("cmd"),
                "Env", List.of("COLOUR=red"),
                "User", "ada",
                "WorkingDir", "/home/ada");
        TrialResult result = run(program, image, TrialSpec.builder(), "input\n");
        assertThat(output()).isEqualTo("cmd red\n33\n/home/ada\ninput\n");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.changes().all()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void takesWhatTheTrialSaysInstead(Path program) throws IOException {
        Path data = Files.createDirectories(temporary.resolve("my data"));
        Files.writeString(data.resolve("in"), "volume\n");
        run(
                program,
                image("Entrypoint", List.of("/bin/nothing"), "Env", List.of("COLOUR=red")),
                shell("cat /srv/in; id -u; echo \"$COLOUR\"; touch /srv/x 2>/dev/null || echo refused")
                        .environment(new TreeMap<>(Map.of("COLOUR", "two\nlines")))
                        .user("33:44")
                        .volumes(List.of(Volume.parse(data + ":/srv:ro", temporary))));
        assertThat(output()).contains("volume\n33\ntwo\nlines\n").contains("refused\n");
    }

    /** What any user can read in /proc while the container runs, and in what the engine keeps of the command. */
    @ParameterizedTest
    @MethodSource("programs")
    void variablesArriveAndAreOnNoCommandLine(Path program) throws IOException {
        TreeMap<String, String> variables = new TreeMap<>(Map.of(
                "TOKEN",
                "s3cret \"x\" 'y' $z #\nline\\",
                "EMPTY",
                "",
                "HOME",
                "/s3cret #home",
                "PATH",
                "/bin:/s3cret bin"));
        run(
                program,
                image(),
                shell("cat /host/[0-9]*/cmdline | tr '\\0' ' ' | grep -c s3[c]ret; echo \"$TOKEN\"; echo \"$HOME\";"
                                + " echo \"$PATH\"; echo \"${EMPTY-unset}\"")
                        .environment(variables)
                        .volumes(List.of(Volume.parse("/proc:/host:ro", temporary))));
        assertThat(output()).isEqualTo("0\ns3cret \"x\" 'y' $z #\nline\\\n/s3cret #home\n/bin:/s3cret bin\n\n");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void changesAreListedAndCommittedReproducibly(Path program) throws IOException {
        String script = "echo 12345 >/etc/new; rm /etc/group; echo x >>/etc/greeting; mkdir /opt; echo y >/opt/y";
        TrialResult first = run(program, image(), shell(script).commit(true));
        TrialResult second = run(program, image(), shell(script).commit(true));

        assertThat(first.changes().all().stream().map(Change::toString))
                .containsExactly("C /etc/greeting", "D /etc/group", "A /etc/new", "A /opt", "A /opt/y");
        assertThat(first.changes().size()).isEqualTo("from the image\nx\n12345\ny\n".length());
        assertThat(second.layer().orElseThrow().descriptor())
                .isEqualTo(first.layer().orElseThrow().descriptor());

        Image next = image().append(first.layer().orElseThrow(), new History(Optional.empty(), "trial", "", false));
        out.reset();
        run(program, next, shell("cat /etc/new /opt/y /etc/greeting; [ -e /etc/group ] || echo gone"));
        assertThat(output()).isEqualTo("12345\ny\nfrom the image\nx\ngone\n");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void directoryThatChangedAndWhatIsInItAreBothCommitted(Path program) throws IOException {
        String script = "cd /; chmod 711 etc; chown 33:44 home; touch home/x; touch tmp/y; chmod 1777 tmp; touch var/z;"
                + " ln etc/greeting bin/a; ln bin/a etc/a";
        TrialResult result = run(program, image(), shell(script).commit(true));

        assertThat(result.changes().all().stream().map(Change::toString))
                .contains("C /etc", "C /home", "A /home/x", "A /tmp/y", "A /var/z", "A /bin/a", "A /etc/a")
                .doesNotContain("C /tmp", "C /var", "C /bin");
        Image next = image().append(result.layer().orElseThrow(), new History(Optional.empty(), "trial", "", false));
        out.reset();
        run(program, next, shell("stat -c '%a %u %g' /etc /home /tmp /var; cat /bin/a; stat -c %h /etc/a"));
        assertThat(output()).isEqualTo("711 0 0\n755 33 44\n1777 0 0\n755 0 0\nfrom the image\n3\n");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void endsWhenReadyAndWhenItsTimeIsOver(Path program) throws IOException {
        int port = freePort();
        TrialResult ready = run(
                program,
                image("Cmd", List.of("httpd", "-f", "-h", "/etc", "-p", "127.0.0.1:" + port)),
                TrialSpec.builder()
                        .stopTime(Duration.ofMillis(100))
                        .timeout(Duration.ofSeconds(60))
                        .probe(Readiness.parse("http://127.0.0.1:" + port + "/greeting")));
        assertThat(ready.ending()).isEqualTo(TrialResult.Ending.READY);
        TrialResult late = run(
                program,
                image(),
                shell("trap 'exit 3' TERM; while true; do sleep 0.1; done").timeout(Duration.ofSeconds(4)));
        assertThat(late.ending()).isEqualTo(TrialResult.Ending.TIMED_OUT);
        assertThat(late.exitCode()).isEqualTo(3);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whatItCannotDoIsSaid(Path program) throws IOException {
        assertThatThrownBy(() -> run(program, image(), shell("true").keep("x")))
                .hasMessageContaining("cannot keep a writable layer")
                .hasMessageContaining("jlayer.try.commit");
        TrialResult result = run(program, image(), TrialSpec.builder().command(List.of("nosuch")));
        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(output()).contains("nosuch");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void programThatTookTooMuchMemoryEndedForThat(Path program) throws IOException {
        Limits limits = new Limits(OptionalLong.of(Limits.parseBytes("24m")), OptionalDouble.empty());
        String hungry = "exec dd if=/dev/zero of=/dev/null bs=200M count=1 2>/dev/null";
        TrialResult result = run(program, image(), shell(hungry).limits(limits));
        assumeTrue(result.exitCode() == 137, "nothing limits memory here");
        assertThat(result.ending()).isEqualTo(TrialResult.Ending.OUT_OF_MEMORY);

        TrialResult killed = run(program, image(), shell("exit 137").limits(limits));
        assertThat(killed.exitCode()).isEqualTo(137);
        assertThat(killed.ending()).isEqualTo(TrialResult.Ending.EXITED);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void fileWithANameThatLayersReserveDeletesNone(Path program) throws IOException {
        TrialResult result =
                run(program, image(), shell("echo >/etc/.wh.greeting").commit(true));
        Image next = image().append(result.layer().orElseThrow(), new History(Optional.empty(), "trial", "", false));
        run(program, next, shell("cat /etc/greeting"));
        assertThat(output()).isEqualTo("from the image\n");
        if (!result.changes().all().isEmpty()) { // not all engines tell of such a file
            assertThat(result.warnings()).anyMatch(warning -> warning.contains("/etc/.wh.greeting"));
        }
    }

    /** The first to end leaves the image to the other. */
    @ParameterizedTest
    @MethodSource("programs")
    void imageStaysAsLongAsATrialUsesIt(Path program) throws Exception {
        Path data = Files.createDirectories(temporary.resolve(program.getFileName() + "-gate"));
        TrialSpec.Builder waiting = shell("echo >/gate/on; until [ -e /gate/go ]; do sleep 0.1; done")
                .volumes(List.of(Volume.parse(data + ":/gate", temporary)))
                .timeout(Duration.ofSeconds(60));
        FutureTask<TrialResult> other = new FutureTask<>(() -> run(program, image(), waiting));
        new Thread(other).start();
        while (!Files.exists(data.resolve("on")) && !other.isDone()) {
            Thread.sleep(50);
        }
        run(program, image(), shell("true"));
        String images = HostCommand.runAsUser(List.of(program.toString(), "image", "ls", "--quiet"));
        Files.createFile(data.resolve("go"));
        assertThat(other.get().exitCode()).isZero();
        assertThat(images).isNotBlank();
    }

    /** The daemon knows nothing of us, so somebody must tell it. */
    @ParameterizedTest
    @MethodSource("programs")
    void killedProcessTakesItsContainerWithIt(Path program) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EngineTrialInProcess.class.getName(),
                        store.root().toString(),
                        program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("on");

        process.destroyForcibly().waitFor();

        List<String> list = List.of(program.toString(), "ps", "--all", "--quiet");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!HostCommand.runAsUser(list).isBlank() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(HostCommand.runAsUser(list)).isBlank();
        assertThat(trials(program).removeAbandoned(warning -> {})).isEqualTo(1);
    }
}

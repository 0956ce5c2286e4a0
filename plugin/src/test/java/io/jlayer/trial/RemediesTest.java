// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.oci.History;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.TestLayers;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A trial that cannot be had is told with what the user can do. */
class RemediesTest extends WithTrials {

    private Image image() throws IOException {
        Layer layer = TestLayers.layer(store.blobs(), TestLayers.busybox());
        return Image.scratch(Platform.HOST).append(layer, new History(Optional.empty(), "test", "", false));
    }

    private TrialResult run(TrialSpec.Builder spec) throws IOException {
        return run(image(), spec);
    }

    private TrialResult run(String member, Object value, TrialSpec.Builder spec) throws IOException {
        Image image = image();
        return run(image.withConfig(image.config().withExecution(JsonObject.EMPTY.with(member, value))), spec);
    }

    private static TrialSpec.Builder command(String... words) {
        return TrialSpec.builder().command(List.of(words));
    }

    private static void told(ThrowingCallable call, String what, String remedy) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TrialException.class, e -> {
            assertThat(e.what()).contains(what);
            assertThat(e.remedy()).contains(remedy);
        });
    }

    @Test
    void unknownNamesAreToldWithThoseThatThereAre() throws IOException {
        told(() -> trials.remove("other"), "'other': there is none of that name", "none is kept now");
        told(() -> run(command("/bin/sh").resume("other")), "'other'", "-Djlayer.try.keep=NAME");
        run(command("/bin/sh", "-c", "true").keep("mine"));

        told(() -> trials.remove("other"), "remove trial 'other'", "name one that was kept: mine");
        told(() -> run(command("/bin/sh").resume("other")), "resume trial 'other'", "name one that was kept: mine");
        told(() -> run(command("/bin/sh").keep("mine")), "there is one of that name", "-Djlayer.remove=mine");
        trials.remove("mine");
    }

    @Test
    void programsThatAreNotThereAreToldWithWhatElseCanBeRun() {
        told(() -> run(command("java", "-version")), "no program 'java' in its PATH", "take a base that has Java");
        told(() -> run(command("/usr/games/cat")), "no program '/usr/games/cat'", "there is /bin/cat");
        told(() -> run(command("nosuch")), "no program 'nosuch'", "-Djlayer.try.command");
        told(() -> run(TrialSpec.builder()), "names nothing to run", "-Djlayer.try.command");
    }

    @Test
    void whatTheImageItselfAsksForIsNoSettingOfTheTrial() {
        told(
                () -> run("User", "joe", TrialSpec.builder()),
                "no user 'joe' in its /etc/passwd, though",
                "<container><user>");
        told(
                () -> run("Entrypoint", List.of("java -jar x.jar"), TrialSpec.builder()),
                "no program 'java -jar x.jar'",
                "write its words apart, as java,-jar,app.jar; or give");
        told(
                () -> run("Entrypoint", List.of("nosuch"), TrialSpec.builder()),
                "sbin:/bin, though its config asks for it",
                "<container><entrypoint>");
        assertThat(setting(() -> run("User", "joe", TrialSpec.builder()))).isEmpty();
        assertThat(setting(() -> run("User", "joe", TrialSpec.builder().user("jim"))))
                .isEqualTo("user");
        assertThat(setting(() -> run("Cmd", List.of("nosuch"), TrialSpec.builder())))
                .isEmpty();
        assertThat(setting(() -> run("Cmd", List.of("nosuch"), command("neither"))))
                .isEqualTo("command");
        TrialSpec.Builder arguments = TrialSpec.builder().arguments(List.of("neither"));
        assertThat(setting(() -> run("Cmd", List.of("sh"), arguments))).isEqualTo("command");
        assertThat(setting(() -> run("Entrypoint", List.of("nosuch"), arguments)))
                .isEmpty();
    }

    private static String setting(ThrowingCallable call) {
        return catchThrowableOfType(TrialException.class, call).setting();
    }

    @Test
    void volumesThatAreNotThereAreTold() {
        Volume volume = Volume.parse("nowhere:/v", directory);
        told(() -> run(command("/bin/sh").volumes(List.of(volume))), "nowhere does not exist", "correct the path");
    }

    @Test
    void memoryThatIsTooLittleToStartIsTold() throws IOException {
        TrialResult enough = run(command("true").limits(memory(64 << 20)));
        assumeTrue(
                enough.warnings().stream().noneMatch(warning -> warning.contains("not limited")),
                "needs control groups for memory");
        told(() -> run(command("true").limits(memory(4096))), "too little to start", "-Djlayer.try.memory=64m");
    }

    @Test
    void aProbeThatIsAnsweredButNotWellIsTold() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        TrialResult result = run(command("httpd", "-f", "-h", "/etc", "-p", "127.0.0.1:" + port)
                .probe(Readiness.parse("http://127.0.0.1:" + port + "/health"))
                .stopTime(Duration.ofMillis(100))
                .timeout(Duration.ofSeconds(4)));
        assertThat(result.ending()).isEqualTo(TrialResult.Ending.TIMED_OUT);
        assertThat(result.warnings()).anyMatch(warning -> warning.contains("the last time with status 404"));
        assertThat(result.refusal()).isEqualTo("status 404");
    }

    private static Limits memory(long bytes) {
        return new Limits(OptionalLong.of(bytes), OptionalDouble.empty());
    }

    @Test
    void theKernelThatEndsAProgramForItsMemoryIsTheEnding() throws IOException {
        TrialResult result = run(command("/bin/sh", "-c", "exec dd if=/dev/zero of=/dev/shm/x bs=1M count=60")
                .limits(memory(24 << 20)));
        assumeTrue(
                result.warnings().stream().noneMatch(warning -> warning.contains("not limited")),
                "needs control groups for memory");

        assertThat(result.ending()).isEqualTo(TrialResult.Ending.OUT_OF_MEMORY);
        assertThat(result.exitCode()).isEqualTo(137);
    }
}

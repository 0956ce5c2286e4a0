// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import io.jlayer.plan.ContainerSettings;
import io.jlayer.plan.Healthcheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContainerConfigTest {

    private static final List<String> JAVA = List.of("java", "-cp", "x", "Main");

    /** What a base says, and two members that nobody knows. */
    private static final String BASE =
            """
            {"architecture":"amd64","os":"linux","os.weather":"fair","rootfs":{"type":"layers","diff_ids":[]},
             "config":{"Env":["PATH=/bin","A=base","lonely"],"Entrypoint":["sh"],"Cmd":["-c"],"ArgsEscaped":true,
              "User":"7","WorkingDir":"/srv","StopSignal":"SIGQUIT","Labels":{"a":"base","b":"base"},
              "ExposedPorts":{"22/tcp":{}},"Volumes":{"/data":{}},"Healthcheck":{"Test":["NONE"]},
              "OnBuild":["RUN x"],"Shell":["/bin/ash"],"Mood":{"x":[1,2.50]}}}""";

    private ContainerSettings settings = SmallApplication.containerOf(Optional.empty(), List.of(), new TreeMap<>());

    private JsonObject applied(List<String> java) throws Exception {
        return ContainerConfig.apply(ImageConfig.parse(BASE.getBytes(UTF_8)), settings, java)
                .execution();
    }

    private static ContainerSettings with(
            List<String> entrypoint, List<String> ports, List<String> volumes, Optional<Healthcheck> healthcheck) {
        return new ContainerSettings(
                Optional.empty(),
                List.of(),
                List.of("arg"),
                entrypoint,
                new TreeMap<>(),
                SmallApplication.map("a", "own"),
                ports,
                volumes,
                Optional.of("1000:1000"),
                Optional.of("/work"),
                Optional.of("SIGINT"),
                healthcheck,
                Optional.empty());
    }

    @Test
    void whatNobodySpeaksOfStaysTheBases() throws Exception {
        ImageConfig base = ImageConfig.parse(BASE.getBytes(UTF_8));
        assertThat(ContainerConfig.apply(base, settings, List.of()).toBytes()).isEqualTo(base.toBytes());
        String written = new String(ContainerConfig.apply(base, settings, JAVA).toBytes(), UTF_8);
        assertThat(written)
                .contains(
                        "\"os.weather\":\"fair\"",
                        "\"Mood\":{\"x\":[1,2.50]}",
                        "\"OnBuild\":[\"RUN x\"]",
                        "\"User\":\"7\"");
    }

    @Test
    void aNewEntrypointTakesTheBasesArgumentsAway() throws Exception {
        JsonObject config = applied(JAVA);
        assertThat(config.texts("Entrypoint")).isEqualTo(JAVA);
        assertThat(config.texts("Cmd")).isEmpty();
        assertThat(config.flag("ArgsEscaped")).isEmpty();
        assertThat(config.text("WorkingDir")).hasValue("/srv");
    }

    @Test
    void theUsersWordsReplaceTheBases() throws Exception {
        settings = with(List.of("run"), List.of("80", "53/udp", "90-91"), List.of("/logs"), Optional.empty());
        JsonObject config = applied(JAVA);
        assertThat(config.texts("Entrypoint")).containsExactly("run");
        assertThat(config.texts("Cmd")).containsExactly("arg");
        assertThat(config.text("User")).hasValue("1000:1000");
        assertThat(config.text("WorkingDir")).hasValue("/work");
        assertThat(config.text("StopSignal")).hasValue("SIGINT");
        assertThat(config.object("Labels").orElseThrow()).hasToString("{\"a\":\"own\",\"b\":\"base\"}");
        assertThat(config.object("ExposedPorts").orElseThrow().toString())
                .contains("22/tcp", "80/tcp", "53/udp", "90/tcp", "91/tcp");
        assertThat(config.object("Volumes").orElseThrow().toString()).contains("/data", "/logs");
        assertThat(config.object("Healthcheck").orElseThrow()).hasToString("{\"Test\":[\"NONE\"]}");
    }

    @Test
    void anInheritedEntrypointStaysAndTakesOtherArguments() throws Exception {
        settings = with(List.of("INHERIT"), List.of(), List.of(), Optional.empty());
        assertThat(applied(JAVA).texts("Entrypoint")).containsExactly("sh");
        assertThat(applied(JAVA).texts("Cmd")).containsExactly("arg");
    }

    @Test
    void variablesKeepTheirPlacesAndNewOnesFollowByName() throws Exception {
        TreeMap<String, String> own = new TreeMap<>();
        own.put("Z", "1");
        own.put("B", "=2=");
        own.put("A", "own");
        settings = SmallApplication.containerOf(Optional.empty(), List.of(), own);
        assertThat(applied(JAVA).texts("Env")).containsExactly("PATH=/bin", "A=own", "lonely", "B==2=", "Z=1");
    }

    @Test
    void onAnEmptyBaseTheApplicationStartsInItsDirectory() throws Exception {
        ImageConfig empty = ImageConfig.empty(Platform.parse("linux/amd64"));
        JsonObject config = ContainerConfig.apply(empty, settings, JAVA).execution();
        assertThat(config.text("WorkingDir")).hasValue("/app");
        assertThat(config.toString())
                .isEqualTo(OciJson.parse(config.toString().getBytes(UTF_8)).toString());
    }

    @Test
    void healthchecksAreWrittenInNanoseconds() throws Exception {
        settings = with(
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Healthcheck(
                        List.of("curl", "-f"),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.empty(),
                        Optional.of(Duration.ofMillis(1)),
                        Optional.of(3))));
        assertThat(applied(JAVA).object("Healthcheck").orElseThrow())
                .hasToString("{\"Test\":[\"CMD\",\"curl\",\"-f\"],\"Interval\":30000000000,"
                        + "\"StartPeriod\":1000000,\"Retries\":3}");
    }

    @Test
    void portsThatAreNoneAreRefused() {
        for (String port : List.of("0", "65536", "9-8", "80/http", "x", "")) {
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> Ports.parse(port))
                    .withMessageContaining("'" + port + "' is not a port (<container><ports>)");
        }
    }
}

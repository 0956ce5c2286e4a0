// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.trial.TrialSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginePlaceTest {

    @TempDir
    Path directory;

    private static boolean elsewhere(Map<String, String> answers, Map<String, String> environment) throws IOException {
        return place(answers, environment).isElsewhere();
    }

    private static EnginePlace place(Map<String, String> answers, Map<String, String> environment) {
        EnginePlace.Question question = words -> {
            String answer = answers.get(words[0] + " " + words[words.length - 1]);
            if (answer == null) {
                throw new IOException("unknown command");
            }
            return answer + "\n";
        };
        return new EnginePlace(question, environment);
    }

    private static boolean docker(String address, String info) throws IOException {
        return elsewhere(
                Map.of(
                        "context {{.Endpoints.docker.Host}}", address,
                        "info {{.OperatingSystem}} {{.SecurityOptions}}", info),
                Map.of("CONTAINER_HOST", "ssh://not-for-docker"));
    }

    private static boolean podman(String remote, Map<String, String> environment) throws IOException {
        return elsewhere(Map.of("info {{.Host.ServiceIsRemote}}", remote), environment);
    }

    @Test
    void contextOfDockerDecides() throws IOException {
        assertThat(docker("unix:///var/run/docker.sock", "Debian [name=seccomp]"))
                .isFalse();
        assertThat(docker("ssh://ada@far", "Debian []")).isTrue();
        assertThat(docker("tcp://10.0.0.7:2376", "Debian []")).isTrue();
    }

    @Test
    void engineBehindASocketMayHaveANetworkOfItsOwn() throws IOException {
        assertThat(docker("unix:///run/user/1000/docker.sock", "Debian [name=rootless]"))
                .isTrue();
        assertThat(docker("unix:///home/ada/.docker/desktop/docker.sock", "Docker Desktop [name=seccomp]"))
                .isTrue();
    }

    @Test
    void connectionOfPodmanDecides() throws IOException {
        assertThat(podman("false", Map.of())).isFalse();
        assertThat(podman("true", Map.of())).isTrue();
        assertThat(podman("true", Map.of("CONTAINER_HOST", "ssh://ada@far/run/podman.sock")))
                .isTrue();
        assertThat(podman("true", Map.of("CONTAINER_HOST", "unix:///run/podman/podman.sock")))
                .isFalse();
    }

    @Test
    void environmentIsTheLastWord() throws IOException {
        assertThat(elsewhere(Map.of(), Map.of())).isFalse();
        assertThat(elsewhere(Map.of(), Map.of("DOCKER_HOST", "unix:///x"))).isFalse();
        assertThat(elsewhere(Map.of(), Map.of("DOCKER_HOST", "tcp://far:2375"))).isTrue();
        assertThat(elsewhere(Map.of(), Map.of("CONTAINER_HOST", "ssh://far"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, false",
        "npipe:////./pipe/docker_engine, false",
        "tcp://localhost:2375, false",
        "tcp://127.0.0.1:2375, false",
        "tcp://[::1]:2375, false",
        "ssh://core@127.0.0.1:53685/run/user/1000/podman/podman.sock, false",
        "ssh://ada@far, true",
        "tcp://10.0.0.7:2376, true",
        "tcp://127.0.0.1.example.com:2376, true",
        "ssh://localhost@far, true"
    })
    void whatIsReachedOverANetworkIsToldByItsAddress(String address, boolean network) throws IOException {
        assertThat(place(Map.of("context {{.Endpoints.docker.Host}}", address), Map.of("DOCKER_HOST", "tcp://far"))
                        .isOverNetwork(true))
                .isEqualTo(network);
        assertThat(place(Map.of(), Map.of("CONTAINER_HOST", address)).isOverNetwork(false))
                .isEqualTo(network);
        assertThat(place(Map.of(), Map.of()).isOverNetwork(true)).isFalse();
    }

    @Test
    void connectionsOfPodmanAreKnown() throws IOException {
        String list = "[{\"Name\":\"far\",\"URI\":\"ssh://ada@far/run/podman.sock\",\"Default\":true},"
                + "{\"Name\":\"vm\",\"URI\":\"ssh://core@127.0.0.1:53685/run/podman.sock\",\"Default\":false}]";
        Map<String, String> client = Map.of("system json", list, "--help --help", "  --url string");
        Map<String, String> engine = Map.of("system json", list, "--help --help", "  --root string\n  --url string");

        assertThat(place(client, Map.of()).address(false)).contains("ssh://ada@far/run/podman.sock");
        assertThat(place(client, Map.of()).isOverNetwork(false)).isTrue();
        assertThat(place(engine, Map.of()).isOverNetwork(false))
                .as("it has connections and uses none")
                .isFalse();
        assertThat(place(engine, Map.of("CONTAINER_CONNECTION", "far")).isOverNetwork(false))
                .isTrue();
        assertThat(place(client, Map.of("CONTAINER_CONNECTION", "vm")).isOverNetwork(false))
                .isFalse();
        assertThat(place(client, Map.of("CONTAINER_CONNECTION", "unknown")).isOverNetwork(false))
                .isTrue();
        assertThat(place(client, Map.of("CONTAINER_HOST", "unix:///x", "CONTAINER_CONNECTION", "far"))
                        .isOverNetwork(false))
                .isFalse();
    }

    /** As one who said {@code docker context use far}. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void portsArePublishedByAnEngineElsewhere() throws IOException {
        Path docker = Files.writeString(directory.resolve("docker"), "#!/bin/sh\necho ssh://ada@far\n");
        docker.toFile().setExecutable(true);
        Image image = Image.scratch(Platform.HOST);
        Image web = image.withConfig(image.config()
                .withExecution(
                        JsonObject.EMPTY.with("ExposedPorts", JsonObject.EMPTY.with("80/tcp", JsonObject.EMPTY))));
        DockerEngine engine = new DockerEngine(docker.toString(), Store.open(directory.resolve("store")));
        assertThat(engine.run(web, "x", "jlayer-x", TrialSpec.builder().build(), false, directory)
                        .command())
                .contains("--publish", "80:80/tcp")
                .doesNotContain("--network");
    }
}

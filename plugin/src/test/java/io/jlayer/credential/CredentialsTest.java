// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.http.Credential;
import io.jlayer.http.Events;
import io.jlayer.http.ProxyServer;
import io.jlayer.registry.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest implements Events {

    @TempDir
    Path temp;

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public void debug(String line) {
        said.add(line);
    }

    @Override
    public void info(String line) {
        said.add(line);
    }

    private static String auth(String user) {
        String both = user + ":p:" + user;
        return "{\"auth\":\"" + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)) + "\"}";
    }

    private static Optional<Credential> password(String user) {
        return Optional.of(new Credential.Password(user, "p:" + user));
    }

    private AuthFile file(String json) throws IOException {
        Path file = Files.writeString(temp.resolve("auth.json"), json);
        return new AuthFile(file, helpers(Duration.ofSeconds(20)), this);
    }

    private CredentialHelpers helpers(Duration limit) {
        return new CredentialHelpers(Map.of("PATH", temp + ":" + System.getenv("PATH")), limit, this);
    }

    private void helper(String name, String script) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "helpers are shell scripts here");
        Path file = Files.writeString(temp.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theLongestKeyThatFitsDecides() throws IOException {
        AuthFile file = file("{\"auths\":{\"quay.io\":" + auth("all") + ",\"quay.io/org1\":" + auth("one")
                + ",\"quay.io/org2/app\":" + auth("two") + ",\"https://quay.io:8443/v1/\":" + auth("port") + "}}");

        assertThat(file.find("quay.io", "org1/x/y")).isEqualTo(password("one"));
        assertThat(file.find("quay.io", "org2/app")).isEqualTo(password("two"));
        assertThat(file.find("quay.io", "org2/apple")).isEqualTo(password("all"));
        assertThat(file.find("quay.io", "org12/x")).isEqualTo(password("all"));
        assertThat(file.find("quay.io:8443", "org1/x")).isEqualTo(password("port"));
        assertThat(file.find("example.com", "org1/x")).isEmpty();
    }

    @Test
    void dockersRegistryHasManyNames() throws IOException {
        for (String key :
                List.of("https://index.docker.io/v1/", "docker.io", "registry-1.docker.io", "index.docker.io")) {
            AuthFile file = file("{\"auths\":{\"" + key + "\":" + auth("hub") + "}}");

            assertThat(file.find("docker.io", "library/alpine")).isEqualTo(password("hub"));
        }
    }

    @Test
    void identityTokensAreKnown() throws IOException {
        AuthFile file = file("{\"auths\":{\"a.io\":{\"auth\":\"MDA6\",\"identitytoken\":\"t\"}}}");

        assertThat(file.find("a.io", "x")).contains(new Credential.IdentityToken("t"));
    }

    @Test
    void brokenFilesArePassedOverAndNotQuoted() throws IOException {
        for (String json : List.of(
                "{\"auths\":{\"a.io\":{\"auth\":\"s3cret!\"}}}",
                "{\"auths\":{\"a.io\":{\"auth\":\"czNjcmV0\"}}}",
                "{\"auths\":[\"s3cret\"]}",
                "{\"s3cret",
                "[\"s3cret\"]")) {
            said.clear();
            assertThat(file(json).find("a.io", "x")).isEmpty();
            assertThat(said).singleElement().asString().contains("auth.json").doesNotContain("s3cret");
        }
        assertThat(new AuthFile(temp.resolve("none"), helpers(Duration.ofSeconds(1)), this).find("a.io", "x"))
                .isEmpty();
    }

    @Test
    void helpersAreAsked() throws IOException {
        helper(
                "good",
                "read server; i=0; while [ $i -lt 5000 ]; do echo noise noise noise noise >&2; i=$((i+1)); done; "
                        + "echo \"{\\\"ServerURL\\\":\\\"x\\\",\\\"Username\\\":\\\"$1\\\",\\\"Secret\\\":\\\"$server\\\"}\"");
        helper("token", "echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");
        AuthFile file = file("{\"credHelpers\":{\"a.io\":\"good\",\"docker.io\":\"good\"},\"credsStore\":\"token\","
                + "\"auths\":{\"a.io\":" + auth("file") + "}}");

        assertThat(file.find("a.io", "x")).contains(new Credential.Password("get", "a.io"));
        assertThat(file.find("docker.io", "x")).contains(new Credential.Password("get", "https://index.docker.io/v1/"));
        assertThat(file.find("b.io", "x")).contains(new Credential.IdentityToken("t"));
        assertThat(said).isEmpty();
    }

    @Test
    void helpersThatHaveNothingOrFailArePassedOver() throws IOException {
        helper("empty", "echo credentials not found in native keychain; exit 1");
        helper("broken", "echo s3cret; exit 3");
        helper("silly", "echo s3cret");
        for (String name : List.of("empty", "broken", "silly", "missing")) {
            AuthFile file = file("{\"credsStore\":\"" + name + "\",\"auths\":{\"a.io\":" + auth("file") + "}}");

            assertThat(file.find("a.io", "x")).isEqualTo(password("file"));
        }
        assertThat(said).hasSize(3).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void helpersThatDoNotEndAreEnded() throws IOException {
        helper("slow", "sleep 100");

        assertThat(helpers(Duration.ofMillis(300)).ask("slow", "a.io")).isEmpty();
        assertThat(said).singleElement().asString().contains("did not end within 300 ms");
    }

    @Test
    void theHelpersOfTheBigCloudsAreKnown() throws IOException {
        for (String name : List.of("ecr-login", "gcr", "acr-env")) {
            helper(
                    name,
                    "read server; echo \"{\\\"Username\\\":\\\"" + name + "\\\",\\\"Secret\\\":\\\"$server\\\"}\"");
        }
        WellKnownHelpers known = new WellKnownHelpers(helpers(Duration.ofSeconds(20)));

        for (String host : List.of("1.dkr.ecr.eu-west-1.amazonaws.com", "public.ecr.aws")) {
            assertThat(known.find(host, "x")).contains(new Credential.Password("ecr-login", host));
        }
        for (String host : List.of("eu.gcr.io", "europe-docker.pkg.dev")) {
            assertThat(known.find(host, "x")).contains(new Credential.Password("gcr", host));
        }
        assertThat(known.find("a.azurecr.io", "x")).contains(new Credential.Password("acr-env", "a.azurecr.io"));
        assertThat(known.find("notgcr.io", "x")).isEmpty();
    }

    @Test
    void theEnvironmentNamesHostsAndOurOwnRegistries() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("JLAYER_REGISTRY_USERNAME", "general");
        environment.put("JLAYER_REGISTRY_PASSWORD", "p:general");
        environment.put("JLAYER_REGISTRY_REG_EXAMPLE_COM_5000_USERNAME", "host");
        environment.put("JLAYER_REGISTRY_REG_EXAMPLE_COM_5000_PASSWORD", "p:host");
        Credentials credentials = new EnvironmentCredentials(environment, Set.of("mine.io"), Events.NONE);

        assertThat(find(credentials, "reg.example.com:5000")).isEqualTo(password("host"));
        assertThat(find(credentials, "mine.io")).isEqualTo(password("general"));
        assertThat(find(credentials, "evil.io")).isEmpty();
    }

    @Test
    void halfOfAPairInTheEnvironmentIsTold() throws IOException {
        TestRun told = new TestRun();
        Credentials credentials =
                new EnvironmentCredentials(Map.of("JLAYER_REGISTRY_USERNAME", "ann"), Set.of("mine.io"), told);

        assertThat(find(credentials, "mine.io")).isEmpty();
        assertThat(told.said())
                .contains("JLAYER_REGISTRY_USERNAME is set and JLAYER_REGISTRY_PASSWORD is not, so neither is used");
        told.close();
    }

    @Test
    void whereCredentialsAreFromIsKnown() throws IOException {
        GivenCredentials.Entry ann = new GivenCredentials.Entry("a.io", new Credential.Password("ann", "x"));
        GivenCredentials.Entry bob = new GivenCredentials.Entry("b.io", new Credential.Password("bob", "y"));
        Credentials all = new RememberedCredentials(Credentials.firstOf(List.of(
                Credentials.at("<credentials>", new GivenCredentials(List.of(ann))),
                Credentials.at("settings.xml", new GivenCredentials(List.of(ann, bob))))));

        assertThat(all.place("a.io", "x")).hasValue("<credentials>");
        assertThat(all.place("b.io", "x")).hasValue("settings.xml");
        assertThat(all.place("c.io", "x")).isEmpty();
    }

    private static Optional<Credential> find(Credentials credentials, String host) {
        try {
            return credentials.find(host, "x");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsSaidForUsComesFirst() throws IOException {
        Path home = temp.resolve("home");
        Files.createDirectories(home.resolve(".docker"));
        Files.createDirectories(home.resolve(".config/containers"));
        Files.writeString(home.resolve(".docker/config.json"), "{\"auths\":{\"a.io\":" + auth("docker") + "}}");
        Files.writeString(
                home.resolve(".config/containers/auth.json"), "{\"auths\":{\"a.io/team\":" + auth("podman") + "}}");
        CredentialSources sources = new CredentialSources(Map.of(), home.toString(), this);
        Credentials all = sources.all(
                List.of(new GivenCredentials.Entry(
                        "a.io/top", password("explicit").orElseThrow())),
                "",
                List.of(new GivenCredentials.Entry("b.io", password("settings").orElseThrow())),
                Set.of());

        assertThat(all.find("a.io", "top/x")).isEqualTo(password("explicit"));
        assertThat(all.find("b.io", "x")).isEqualTo(password("settings"));
        assertThat(all.find("a.io", "team/x")).isEqualTo(password("podman"));
        assertThat(all.find("a.io", "other/x")).isEqualTo(password("docker"));
    }

    @Test
    void variablesMoveTheFiles() {
        Map<String, String> environment = new TreeMap<>();
        // Where podman looks for users without a session; the number is theirs.
        assertThat(new CredentialSources(environment, "/h", this).files().get(0).toString())
                .matches("/run/containers/\\d+/auth\\.json");
        environment.put("XDG_RUNTIME_DIR", "/run/user/1");
        environment.put("DOCKER_CONFIG", "/d");
        assertThat(new CredentialSources(environment, "/h", this).files())
                .containsExactly(
                        Path.of("/run/user/1/containers/auth.json"),
                        Path.of("/h/.config/containers/auth.json"),
                        Path.of("/d/config.json"));
        environment.put("REGISTRY_AUTH_FILE", "/f.json");
        assertThat(new CredentialSources(environment, "/h", this).files())
                .containsExactly(Path.of("/f.json"), Path.of("/d/config.json"));
    }

    @Test
    void showThemselvesAsNoText() {
        assertThat(new Credential.Password("u", "s3cret") + " " + new Credential.IdentityToken("s3cret"))
                .doesNotContain("s3cret");
        assertThat(new ProxyServer(ProxyServer.Kind.HTTP, "h", 1, Optional.of(new Credential.Password("u", "s3cret"))))
                .asString()
                .doesNotContain("s3cret");
    }
}

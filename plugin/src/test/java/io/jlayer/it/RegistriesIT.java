// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static io.jlayer.house.Programs.assumeInstalled;
import static io.jlayer.house.Programs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.registry.RealRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images of a real project, pulled from and pushed to the reference registry by real Maven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistriesIT {

    private static final String PASSWORD = "pa55w0rd";

    private Path directory;
    private Path project;
    private RealRegistry registry;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        directory = shared;
        registry = RealRegistry.start(Files.createDirectory(directory.resolve("plain")), List.of(), List.of());
        project = MavenRun.copyExample("hello", directory.resolve("hello"));
        Path root = Files.createDirectories(directory.resolve("root/etc"));
        Files.writeString(root.resolve("os-release"), "ID=small\n");
        String base = "-Djlayer.from=rootfs:" + root.getParent();
        maven("base").run("package", MavenRun.goal("push"), base, "-Djlayer.to=" + registry.host() + "/base/os:1");
        String both = "-Djlayer.platforms=linux/amd64,linux/arm64";
        maven("base")
                .run(MavenRun.goal("push"), "-Djlayer.from=scratch", both, "-Djlayer.to=" + registry.host() + "/two:1");
    }

    @AfterAll
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    /** A machine whose disk is its own. */
    private MavenRun maven(String machine) {
        return new MavenRun(project, directory.resolve("store-of-" + machine));
    }

    private String push(String machine, String to, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of(MavenRun.goal("push"), "-Djlayer.from=" + registry.host() + "/base/os:1", "-Djlayer.to=" + to));
        arguments.addAll(List.of(more));
        return maven(machine).run(arguments.toArray(String[]::new));
    }

    private JsonObject report() throws IOException {
        return OciJson.parse(Files.readAllBytes(project.resolve("target/jlayer/image.json")));
    }

    private List<JsonObject> layers() throws IOException {
        return report().objects("platforms").get(0).objects("layers");
    }

    private HttpResponse<byte[]> manifest(String repository, String reference) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + registry.host() + "/v2/" + repository + "/manifests/" + reference))
                .header(
                        "Accept",
                        "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json,"
                                + " application/vnd.docker.distribution.manifest.list.v2+json")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static int requests(String said) {
        Matcher line = Pattern.compile("Pushed .* (\\d+) requests").matcher(said);
        assertThat(line.find()).as(said).isTrue();
        return Integer.parseInt(line.group(1));
    }

    @Test
    void aPushSendsOnlyWhatChanged() throws Exception {
        String name = registry.host() + "/shop/hello:";
        String to = name + "1";
        String first = push("releaser", to, "-Djlayer.to.tags=latest,stable");
        assertThat(first).contains("Pushed " + name + "1, " + name + "latest, " + name + "stable: ", "mounted");
        String digest = report().requiredText("digest");
        for (String tag : List.of("1", "latest", "stable")) {
            assertThat(manifest("shop/hello", tag).headers().firstValue("Docker-Content-Digest"))
                    .hasValue(digest);
        }
        String again = push("releaser", to, "-Djlayer.to.tags=latest,stable");
        assertThat(again).contains(": 0 B sent");
        assertThat(requests(again)).isLessThan(10);
        String base = manifest("base/os", "1")
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
        assertThat(OciJson.parse(manifest("shop/hello", "1").body()).textMap("annotations"))
                .containsEntry("org.opencontainers.image.base.name", registry.host() + "/base/os:1")
                .containsEntry("org.opencontainers.image.base.digest", base);

        Path source = project.resolve("src/main/java/com/example/hello/Hello.java");
        String before = Files.readString(source);
        Files.writeString(source, before.replace("Hello, ", "Good day, "));
        maven("releaser").run("package");
        push("releaser", to);
        JsonObject pushed = report().objects("pushed").get(0);
        byte[] bytes = manifest("shop/hello", "1").body();
        long config = OciJson.parse(bytes)
                .object("config")
                .orElseThrow()
                .number("size")
                .orElseThrow();
        long built = layers().stream()
                .filter(layer -> layer.requiredText("state").equals("built"))
                .mapToLong(layer -> layer.number("size").orElseThrow())
                .sum();
        assertThat(pushed.number("blobsSent")).hasValue(2L);
        // The manifest goes up under its digest and under its tag.
        assertThat(pushed.number("bytesSent").orElseThrow()).isLessThanOrEqualTo(built + config + 2L * bytes.length);
        Files.writeString(source, before);
        maven("releaser").run("package");
    }

    @Test
    void whatWasPulledOnceServesOfflineWithTheRegistryDown() throws Exception {
        String from;
        String digest;
        try (RealRegistry brief =
                RealRegistry.start(Files.createDirectory(directory.resolve("brief")), List.of(), List.of())) {
            String root = "-Djlayer.from=rootfs:" + directory.resolve("root");
            maven("base").run(MavenRun.goal("push"), root, "-Djlayer.to=" + brief.host() + "/base/os:1");
            from = "-Djlayer.from=" + brief.host() + "/base/os:1";
            assertThatThrownBy(() -> maven("traveller").run("-o", MavenRun.goal("build"), from))
                    .hasMessageContaining("offline, and never resolved before")
                    .hasMessageContaining("To fix: run once without -o");
            maven("traveller").run(MavenRun.goal("build"), from);
            digest = report().requiredText("digest");
        }
        String said = maven("traveller").fail(MavenRun.goal("build"), from);
        assertThat(said).contains("cannot connect to");

        maven("traveller").run("-o", MavenRun.goal("build"), from);

        assertThat(report().requiredText("digest")).isEqualTo(digest);
    }

    @Test
    void aBuildPushesWhereItIsTold() throws Exception {
        String to = "-Djlayer.to=" + registry.host() + "/built:7";
        maven("builder").run(MavenRun.goal("build"), "-Djlayer.from=scratch", to);
        assertThat(manifest("built", "7").statusCode()).isEqualTo(404);

        maven("builder").run(MavenRun.goal("build"), "-Djlayer.from=scratch", to, "-Djlayer.push");

        assertThat(manifest("built", "7").statusCode()).isEqualTo(200);
        assertThat(project.resolve("target/jlayer/image/index.json")).exists();
    }

    @Test
    void anIndexOfABaseGivesAnIndex() throws Exception {
        String name = registry.host() + "/many";
        String from = "-Djlayer.from=" + registry.host() + "/two:1";
        String both = "-Djlayer.platforms=linux/amd64,linux/arm64";
        maven("many").run(MavenRun.goal("push"), from, both, "-Djlayer.to=" + name + ":1");
        List<JsonObject> platforms = report().objects("platforms");
        assertThat(platforms).hasSize(2);
        assertThat(platforms.get(0).objects("layers"))
                .isEqualTo(platforms.get(1).objects("layers"));
        assertThat(manifest("many", "1").headers().firstValue("Content-Type"))
                .hasValue("application/vnd.oci.image.index.v1+json");

        Path archive = directory.resolve("many.tar");
        maven("many")
                .run(
                        MavenRun.goal("build"),
                        from,
                        both,
                        "-Djlayer.push",
                        "-Djlayer.format=docker",
                        "-Djlayer.to=" + name + ":2,oci-archive:" + archive + ",oci:" + directory.resolve("many"));
        assertThat(manifest("many", "2").headers().firstValue("Content-Type"))
                .hasValue("application/vnd.docker.distribution.manifest.list.v2+json");
        maven("many").run(MavenRun.goal("verify"), "-Djlayer.image=oci-archive:" + archive);
        maven("many").run(MavenRun.goal("verify"), "-Djlayer.image=" + name + ":1");
    }

    @Test
    void aFleetPacksALayerOnce() throws Exception {
        String cache = "-Djlayer.cache.registry=" + registry.host() + "/fleet/layers";
        for (String machine : List.of("first", "second")) {
            maven(machine)
                    .with("JLAYER_CACHE_KEY", "key")
                    .run(
                            MavenRun.goal("push"),
                            "-Djlayer.from=scratch",
                            "-Djlayer.to=" + registry.host() + "/of-" + machine + ":1",
                            cache);
            String state = machine.equals("first") ? "built" : "shared";
            assertThat(layers())
                    .extracting(layer -> layer.requiredText("state"))
                    .containsOnly(state);
        }
        assertThat(report().objects("pushed").get(0).number("blobsSent")).hasValue(1L); // its config
        assertThat(manifest("of-second", "1").body())
                .isEqualTo(manifest("of-first", "1").body());
    }

    /** As {@code mvn --encrypt-password} writes it, with the key where Maven keeps it. */
    @Test
    void aPasswordOfTheSettingsMayBeEncrypted() throws Exception {
        assumeInstalled("htpasswd");
        Path place = Files.createDirectory(directory.resolve("encrypted"));
        Path users = Files.writeString(place.resolve("users"), run(place, "htpasswd", "-Bbn", "ann", PASSWORD));
        List<String> auth = List.of("auth:", "  htpasswd:", "    realm: basic", "    path: " + users);
        Path security = place.resolve("settings-security.xml");
        String where = "-Dsettings.security=" + security;
        String master = encrypted(maven("ann").run(where, "--encrypt-master-password", "m4ster"));
        Files.writeString(security, "<settingsSecurity><master>" + master + "</master></settingsSecurity>");
        String password = encrypted(maven("ann").run(where, "--encrypt-password", PASSWORD));
        try (RealRegistry closed = RealRegistry.start(place, List.of(), auth)) {
            String[] push = {
                where, "-X", MavenRun.goal("push"), "-Djlayer.from=scratch", "-Djlayer.to=" + closed.host() + "/a:1"
            };
            String said = maven("ann").server(closed.host(), "ann", password).run(push);
            assertThat(said)
                    .contains("Pushed " + closed.host() + "/a:1: ")
                    .doesNotContain(PASSWORD)
                    .doesNotContain("m4ster");

            Files.delete(security);
            assertThat(maven("ann").server(closed.host(), "ann", password).fail(push))
                    .contains("settings.xml: ", "To fix: renew user name and password")
                    .doesNotContain(PASSWORD);
        }
    }

    /** Maven 4 encrypts with another program, and says so. */
    private static String encrypted(String said) {
        Matcher braces = Pattern.compile("\\{[A-Za-z0-9+/=]+}").matcher(said);
        assumeTrue(braces.find(), "this Maven does not encrypt passwords");
        return braces.group();
    }

    @Test
    void aServerOfTheSettingsOpensTheDoorAndItsPasswordStaysUnsaid() throws Exception {
        assumeInstalled("htpasswd");
        Path place = Files.createDirectory(directory.resolve("closed"));
        Path users = Files.writeString(place.resolve("users"), run(place, "htpasswd", "-Bbn", "ann", PASSWORD));
        List<String> auth = List.of("auth:", "  htpasswd:", "    realm: basic", "    path: " + users);
        try (RealRegistry closed = RealRegistry.start(place, List.of(), auth)) {
            String[] push = {
                "-X", MavenRun.goal("push"), "-Djlayer.from=scratch", "-Djlayer.to=" + closed.host() + "/a:1"
            };
            assertThatThrownBy(() -> maven("stranger").run(push))
                    .hasMessageContaining("To fix: log in: docker login " + closed.host());
            assertThatThrownBy(() -> maven("stranger")
                            .server(closed.host(), "ann", "wr0ng")
                            .run(push))
                    .hasMessageContaining("To fix: renew user name and password")
                    .message()
                    .doesNotContain("wr0ng");

            String said = maven("ann").server(closed.host(), "ann", PASSWORD).run(push);

            assertThat(said).contains("Pushed " + closed.host() + "/a:1: ").doesNotContain(PASSWORD);
        }
    }
}

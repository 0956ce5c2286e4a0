// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static io.jlayer.registry.TestImages.ARM64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.http.TestCertificate;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the reference registry; what is pushed is read back by the tools that people use. */
class RealRegistryTest {

    private static final History LINE = new History(Optional.empty(), "test", "", false);

    @TempDir
    Path temp;

    private Store store;
    private Image base;

    @BeforeEach
    void makeBase() throws IOException {
        store = Store.open(temp.resolve("store"));
        base = Image.scratch(AMD64);
        for (int i = 0; i < 30; i++) {
            base = base.append(layer(i), LINE);
        }
    }

    /** A layer of a single file. */
    private Layer layer(int number) throws IOException {
        return TestImages.tarLayer(store.blobs(), "file" + number, TestImages.bytes(number, 3000));
    }

    private PushReport push(TestRun run, ImageDocuments image, String reference, String... tags) throws IOException {
        RegistryTarget target = run.client.target(ImageRef.parse(reference), List.of(tags));
        target.write(image);
        return target.report().orElseThrow();
    }

    private Image pull(TestRun run, String reference, Path fresh) throws IOException {
        Store other = Store.open(fresh);
        Image image = run.client
                .source(ImageRef.parse(reference), other.records("r"), run.warnings::add)
                .load(AMD64, other.blobs());
        for (Layer layer : image.lowestFirst()) {
            assertThat(TestImages.all(layer.blob())).isNotEmpty();
        }
        return image;
    }

    @Test
    void pushesAndPullsPlain() throws Exception {
        ImageDocuments image = TestImages.documents(base);
        try (RealRegistry registry = RealRegistry.start(temp, List.of(), List.of())) {
            String name = registry.host() + "/shop/app";
            try (TestRun run = new TestRun()) {
                PushReport report = push(run, image, name + ":1", "latest");
                assertThat(report.sent()).isEqualTo(31);
                pull(run, name + ":1", temp.resolve("a"));
                pull(run, name + "@" + image.root().digest(), temp.resolve("b"));
                assertThat(run.sleeps).isEmpty();
            }
            try (TestRun run = new TestRun()) {
                PushReport again = push(run, image, name + ":1", "latest");
                assertThat(again.requests()).isLessThan(10);
                assertThat(again.bytesSent()).isZero();
            }
            try (TestRun run = new TestRun()) {
                Image changed = base.append(layer(100), LINE);
                PushReport report = push(run, TestImages.documents(changed), name + ":1");
                assertThat(report.sent()).isEqualTo(2);
                assertThat(report.requests()).isLessThan(15);
            }
        }
    }

    @Test
    void mountsFromTheBasesRepository() throws Exception {
        try (RealRegistry registry = RealRegistry.start(temp, List.of(), List.of());
                TestRun run = new TestRun()) {
            push(run, TestImages.documents(base), registry.host() + "/base/os:1");
            try (TestRun other = new TestRun()) {
                Store empty = Store.open(temp.resolve("empty"));
                Image pulled = other.client
                        .source(ImageRef.parse(registry.host() + "/base/os:1"), empty.records("r"), line -> {})
                        .load(AMD64, empty.blobs());

                PushReport report =
                        push(other, TestImages.documents(pulled.append(layer(99), LINE)), registry.host() + "/a:1");

                assertThat(report.mounted()).isEqualTo(30);
                assertThat(empty.blobs()
                                .contains(
                                        pulled.lowestFirst().get(0).descriptor().digest()))
                        .isFalse();
            }
        }
    }

    @Test
    void othersPullWhatIsPushed() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "skopeo is not installed");
        Layer shared = layer(1);
        for (Format format : Format.values()) {
            Path directory = Files.createDirectories(temp.resolve(format.name()));
            ImageDocuments image = ImageDocuments.of(
                    List.of(
                            TestImages.image(AMD64, shared),
                            TestImages.image(ARM64, shared),
                            TestImages.image(Platform.parse("linux/arm/v6"), shared, layer(2))),
                    format);
            try (RealRegistry registry = RealRegistry.start(directory, List.of(), List.of());
                    TestRun run = new TestRun()) {
                String name = "docker://" + registry.host() + "/multi";
                push(run, image, registry.host() + "/multi:1");
                for (String reference :
                        List.of(name + ":1", name + "@" + image.root().digest())) {
                    run(
                            "skopeo",
                            "--insecure-policy",
                            "copy",
                            "-q",
                            "--all",
                            "--preserve-digests",
                            "--src-tls-verify=false",
                            reference,
                            "dir:" + directory.resolve("all"));
                    Path manifest = directory.resolve("all").resolve("manifest.json");
                    assertThat(Digest.sha256(Files.readAllBytes(manifest)))
                            .isEqualTo(image.root().digest());
                }
                run("skopeo", "inspect", "--tls-verify=false", "--override-arch=arm64", name + ":1");
            }
        }
    }

    @Test
    void podmanPullsWhatIsPushed() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "podman is not installed");
        Layer shared = layer(1);
        ImageDocuments both = TestImages.documents(
                TestImages.image(AMD64, shared, layer(2)), TestImages.image(ARM64, shared, layer(3)));
        try (RealRegistry registry = RealRegistry.start(temp, List.of(), List.of());
                TestRun run = new TestRun()) {
            PushReport report = push(run, both, registry.host() + "/shop/app:1");
            for (String reference : List.of(":1", "@" + report.digest())) {
                for (String architecture : List.of("amd64", "arm64")) {
                    String image = registry.host() + "/shop/app" + reference;
                    podman("pull", "-q", "--tls-verify=false", "--arch", architecture, image);
                    assertThat(podman("image", "inspect", "--format", "{{.Architecture}}", image))
                            .contains(architecture);
                }
            }
        }
    }

    private String podman(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root",
                temp.resolve("root").toString(),
                "--runroot",
                temp.resolve("run").toString(),
                "--storage-driver",
                "vfs"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        return said("", command);
    }

    /** What a program says that reads {@code in}; as an argument, text would be in the encoding of the locale. */
    private static String said(String in, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(in.getBytes(UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void showsAPassword() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/htpasswd")), "htpasswd is not installed");
        String line = said(FakeAuth.PASSWORD, "htpasswd", "-Bin", FakeAuth.USER);
        Path users = Files.writeString(temp.resolve("htpasswd"), line);
        List<String> auth = List.of("auth:", "  htpasswd:", "    realm: basic", "    path: " + users);
        try (RealRegistry registry = RealRegistry.start(temp, List.of(), auth)) {
            onlyAnnPushes(registry);
        }
    }

    @Test
    void getsATokenForItsPassword() throws Exception {
        TestCertificate certificate = TestCertificate.make(temp);
        try (RealTokens tokens = new RealTokens(certificate.key(), certificate.certificate());
                RealRegistry registry = RealRegistry.start(temp, List.of(), tokens.configuration(certificate.pem()))) {
            onlyAnnPushes(registry);
        }
    }

    private void onlyAnnPushes(RealRegistry registry) throws IOException {
        ImageDocuments image = TestImages.documents(base);
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, image, registry.host() + "/shop/app:1"))
                    .hasMessageContaining("401 Unauthorized (no credentials are known for " + registry.host());
        }
        UnaryOperator<RegistrySettings> ann =
                settings -> settings.withCredentials((host, name) -> Optional.of(FakeAuth.password()));
        try (TestRun run = new TestRun(ann)) {
            assertThat(push(run, image, registry.host() + "/shop/app:1").sent()).isEqualTo(31);
        }
        try (TestRun run = new TestRun(ann)) {
            assertThat(push(run, image, registry.host() + "/shop/app:1").requests())
                    .isLessThan(10);
            pull(run, registry.host() + "/shop/app:1", temp.resolve("a"));
        }
        try (TestRun run = new TestRun(ann)) {
            Image pulled = pull(run, registry.host() + "/shop/app:1", temp.resolve("b"));
            assertThat(push(run, TestImages.documents(pulled.append(layer(77), LINE)), registry.host() + "/other:1")
                            .mounted())
                    .isEqualTo(30);
        }
    }

    @Test
    void talksTlsWithACertificateOfOurOwn() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                temp.resolve("key.pem").toString(),
                "-out",
                temp.resolve("ca.pem").toString());
        List<String> tls =
                List.of("  tls:", "    certificate: " + temp.resolve("ca.pem"), "    key: " + temp.resolve("key.pem"));
        try (RealRegistry registry = RealRegistry.start(temp, tls, List.of())) {
            try (TestRun run = new TestRun()) {
                assertThatThrownBy(() -> push(run, TestImages.documents(base), registry.host() + "/a:1"))
                        .hasMessageContaining("is not trusted");
            }
            try (TestRun run = new TestRun(settings -> settings.withCaBundle(temp.resolve("ca.pem")))) {
                assertThat(push(run, TestImages.documents(base), registry.host() + "/a:1")
                                .sent())
                        .isEqualTo(31);
                pull(run, registry.host() + "/a:1", temp.resolve("b"));
            }
        }
    }

    @Test
    void putsRightWhatAKilledPushLeft() throws Exception {
        Layer large = TestImages.layer(TestImages.bytes(5, 2_000_000));
        ImageDocuments image = TestImages.documents(base.append(large, LINE));
        try (RealRegistry registry = RealRegistry.start(temp, List.of(), List.of());
                TestRun run = new TestRun()) {
            ImageRef ref = ImageRef.parse(registry.host() + "/a:1");
            RepositoryWriter writer = new RepositoryWriter(run.client.pushTo(ref, List.of()));
            Descriptor first = base.lowestFirst().get(0).descriptor();
            writer.put(
                    writer.begin(first.digest()),
                    first,
                    base.lowestFirst().get(0).blob());
            leaveHalfSent(registry, writer.begin(large.descriptor().digest()).uri(), large);

            PushReport report = push(run, image, ref.toString());

            assertThat(report.present()).isEqualTo(1);
            pull(run, ref.toString(), temp.resolve("b"));
        }
    }

    @Test
    void keepsLayersForAFleet() throws Exception {
        Layer layer = layer(3);
        Digest recipe = Digest.sha256("recipe");
        try (RealRegistry registry = RealRegistry.start(temp, List.of(), List.of())) {
            ImageRef ref = ImageRef.parse(registry.host() + "/fleet/cache");
            try (TestRun run = new TestRun()) {
                run.client.cache(ref, "key", run.warnings::add).put(recipe, layer);
                assertThat(run.warnings).isEmpty();
            }
            try (TestRun run = new TestRun()) {
                Store empty = Store.open(temp.resolve("empty"));
                Layer found = run.client
                        .cache(ref, "key", run.warnings::add)
                        .find(recipe, empty.blobs(), layer.blob())
                        .orElseThrow();
                ImageDocuments image = TestImages.documents(TestImages.image(AMD64, found));
                assertThat(push(run, image, registry.host() + "/a:1").mounted()).isEqualTo(1);
            }
        }
    }

    private static void leaveHalfSent(RealRegistry registry, URI session, Layer layer) throws IOException {
        byte[] content = TestImages.all(layer.blob());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), registry.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + session.getRawPath() + "?" + session.getRawQuery() + "&digest="
                            + layer.descriptor().digest() + " HTTP/1.1\r\nHost: " + registry.host()
                            + "\r\nContent-Length: " + content.length + "\r\n\r\n")
                    .getBytes(UTF_8));
            out.write(content, 0, content.length / 2);
            out.flush();
            socket.setSoLinger(true, 0);
        }
    }
}

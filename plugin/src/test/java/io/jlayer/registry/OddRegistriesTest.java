// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.http.Basic;
import io.jlayer.http.Patience;
import io.jlayer.http.RawServer;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that do as the specification lets them, or not quite, and images that have more in them than is needed. */
class OddRegistriesTest extends AgainstFakeRegistry {

    private void pushesAndPulls() throws IOException {
        try (TestRun run = new TestRun()) {
            assertThat(push(run, image, "a/b:1").sent()).isEqualTo(4);
            assertThat(load(run, "a/b:1").config().diffIds())
                    .isEqualTo(image.platforms().get(0).image().config().diffIds());
            assertThat(run.debug).isEmpty();
        }
    }

    @Test
    void headsMayHaveNoLength() throws IOException {
        registry.headLengths = false;
        pushesAndPulls();
    }

    @Test
    void digestsNeedNotBeSaid() throws IOException {
        registry.headDigests = false;
        pushesAndPulls();
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 404})
    void headsNeedNotBeAnswered(int status) throws IOException {
        registry.headStatus = status;
        try (TestRun run = new TestRun()) {
            assertThat(push(run, image, "a/b:1").sent()).isEqualTo(4);
            if (status == 405) {
                assertThat(load(run, "a/b:1").lowestFirst()).hasSize(3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void uploadsMayEndInOtherWords(int status) throws IOException {
        registry.putStatus = status;
        pushesAndPulls();
    }

    /** The fake takes bytes only with the query that it gave, to the letter. */
    @Test
    void locationsMayBeAbsoluteAndCookiesMayBeWanted() throws IOException {
        registry.relativeLocations = false;
        registry.cookies = true;
        pushesAndPulls();
    }

    @Test
    void aMountMayBeIgnoredAndBeginNothing() throws IOException {
        TestImages.seed(registry, "base/os", "1", image);
        registry.fail(
                9,
                request -> request.query().containsKey("mount"),
                (request, answer, service) -> answer.send(202, new byte[0]));
        try (TestRun run = new TestRun()) {
            PushReport report = push(run, TestImages.documents(load(run, "base/os:1")), "a/b:1");

            assertThat(report.sent()).isEqualTo(4);
        }
    }

    @Test
    void bytesMayGoToAnotherHostWhichIsNotToldWhoWeAre() throws IOException {
        registry.auth.mode = FakeAuth.Mode.BASIC;
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            elsewhere.fail(9, request -> true, (request, answer, service) -> {
                registry.putBlob("a/b", request.body());
                answer.send(201, new byte[0]);
            });
            registry.fail(9, request -> request.is("POST", ".*") && isAnn(request), (request, answer, service) -> {
                answer.header("Location", elsewhere.url() + "/bucket/x?signature=s3cret&x=%2F");
                answer.header("Set-Cookie", "a=b");
                answer.send(202, new byte[0]);
            });
            try (TestRun run = new TestRun(
                    settings -> settings.withCredentials((host, name) -> Optional.of(FakeAuth.password())))) {
                push(run, image, "a/b:1");
                assertThat(run.said()).doesNotContain("s3cret");
            }
            assertThat(elsewhere.requests)
                    .hasSize(4)
                    .allMatch(request -> request.header("Authorization").isEmpty()
                            && request.header("Cookie").isEmpty())
                    .allMatch(request -> request.uri().getRawQuery().startsWith("signature=s3cret&x=%2F&digest="));
        }
    }

    @Test
    void aCookieDoesNotFollowARedirectToAnotherHost() throws IOException {
        registry.cookies = true;
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            elsewhere.fail(9, request -> true, (request, answer, service) -> {
                registry.putBlob("a/b", request.body());
                answer.send(201, new byte[0]);
            });
            registry.fail(9, request -> request.is("PUT", ".*/blobs/uploads/.*"), (request, answer, service) -> {
                answer.header(
                        "Location",
                        elsewhere.url() + "/bucket/x?" + request.uri().getRawQuery());
                answer.send(307, new byte[0]);
            });
            try (TestRun run = new TestRun()) {
                push(run, image, "a/b:1");
            }
            assertThat(elsewhere.requests).isNotEmpty().allMatch(request -> request.header("Cookie")
                    .isEmpty());
        }
    }

    private static boolean isAnn(FakeRequest request) {
        return request.header("Authorization").equals(Basic.of(FakeAuth.password()));
    }

    @Test
    void whoTakesNoBytesIsNotWaitedForForEver() throws IOException {
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(5), 1);
        try (RawServer server = new RawServer("")) {
            ImageDocuments large =
                    TestImages.documents(TestImages.image(AMD64, TestImages.layer(TestImages.bytes(1, 20_000_000))));
            registry.fail(9, request -> request.is("POST", ".*"), (request, answer, service) -> {
                answer.header("Location", "http://localhost:" + server.port() + "/up");
                answer.send(202, new byte[0]);
            });
            try (TestRun run =
                    new TestRun(settings -> settings.withPatience(patience).withParallelism(1))) {
                assertThatThrownBy(() -> push(run, large, "a/b:1")).hasMessageContaining("no bytes went for 300 ms");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500})
    void whatATagNamesNowNeedNotBeKnown(int status) throws IOException {
        registry.fail(100, request -> request.is("HEAD", ".*/manifests/1"), Fault.status(status));
        try (TestRun run = new TestRun()) {
            assertThat(push(run, image, "a/b:1").sent()).isEqualTo(4);
        }
    }

    /** Two servers on the way may believe two of them: what is left of the one is the other's next answer. */
    @Test
    void aConnectionThatTheServerEndedMeanwhileIsNoFailure() throws IOException {
        String manifest = "HTTP/1.1 200 OK\r\nContent-Type: " + MediaType.MANIFEST + "\r\nDocker-Content-Digest: "
                + Digest.sha256("x") + "\r\nContent-Length: 7\r\n\r\n";
        try (RawServer server = new RawServer(manifest);
                TestRun run = new TestRun()) {
            Repository repository = run.client.pushTo(ImageRef.parse("localhost:" + server.port() + "/a"), List.of());
            for (int i = 0; i < 3; i++) {
                assertThat(repository.head("1")).isPresent();
            }
            assertThat(run.sleeps).isEmpty();
            assertThat(server.connections()).isEqualTo(5); // two found out how it listens
        }
    }

    @Test
    void whatComesBehindAnAnswerIsNotTakenForTheNext() throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: " + MediaType.MANIFEST + "\r\nContent-Length: 7\r\n"
                + "Docker-Content-Digest: ";
        String surplus = head + Digest.sha256("another") + "\r\n\r\n";
        try (RawServer server = new RawServer(head + Digest.sha256("x") + "\r\n\r\n" + surplus);
                TestRun run = new TestRun()) {
            Repository repository = run.client.pushTo(ImageRef.parse("localhost:" + server.port() + "/a"), List.of());
            for (int i = 0; i < 3; i++) {
                assertThat(repository.head("1").orElseThrow().digest()).isEqualTo(Digest.sha256("x"));
            }
        }
    }

    @Test
    void aTrickleIsGivenUpAndTakenUpAgain() throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(5), 3);
        registry.fail(1, request -> request.is("GET", ".*/blobs/.*"), Fault.trickle(20));
        try (TestRun run = new TestRun(settings -> settings.withPatience(patience))) {
            load(run, "a/b:1");
            assertThat(run.debug).anyMatch(line -> line.contains("or fewer than 4096"));
        }
    }

    @Test
    void bodiesMayComeInChunks() throws IOException {
        registry.headLengths = false; // then neither manifests have a length
        registry.fail(99, request -> request.is("GET", ".*/blobs/.*"), (request, answer, service) -> {
            answer.omitLength();
            service.serve();
        });
        pushesAndPulls();
    }

    @Test
    void dockersListsAreRead() throws IOException {
        Image amd = TestImages.image(AMD64, TestImages.layer(TestImages.bytes(2, 10)));
        Image arm = TestImages.image(TestImages.ARM64, TestImages.layer(TestImages.bytes(3, 10)));
        TestImages.seed(registry, "a/b", "1", ImageDocuments.of(List.of(arm, amd), Format.DOCKER));
        try (TestRun run = new TestRun()) {
            assertThat(load(run, "a/b:1").config().toBytes())
                    .isEqualTo(amd.config().toBytes());
        }
    }

    /** What registries of today hold: attestations, members of later versions, documents inside descriptors. */
    @Test
    void whatIsNotKnownIsPassedOver() throws IOException {
        Image amd = TestImages.image(AMD64, TestImages.layer(TestImages.bytes(2, 10)));
        Descriptor root = TestImages.seed(registry, "a/b", "amd", TestImages.documents(amd));
        String attestation = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.MANIFEST
                + "\",\"artifactType\":\"x/y\",\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\","
                + "\"digest\":\"" + Digest.sha256("{}") + "\",\"size\":2,\"data\":\"e30=\"},\"layers\":[],\"z\":{}}";
        registry.putManifest("a/b", "att", MediaType.MANIFEST.name(), attestation.getBytes(UTF_8));
        String index = "{\"schemaVersion\":2,\"future\":[{\"a\":null}],\"manifests\":["
                + descriptor(attestation, "\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}") + ","
                + descriptor(attestation, "\"artifactType\":\"x/y\"") + ",{\"mediaType\":\"" + MediaType.MANIFEST
                + "\",\"digest\":\"" + root.digest() + "\",\"size\":" + root.size()
                + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\",\"features\":[\"sse4\"],\"x\":1},"
                + "\"data\":\"e30=\",\"urls\":[\"https://a.io\"]}],\"subject\":null,"
                + "\"annotations\":{\"a\":\"b\"},\"mediaType\":\"" + MediaType.INDEX + "\"}";
        registry.putManifest("a/b", "1", MediaType.INDEX.name(), index.getBytes(UTF_8));
        try (TestRun run = new TestRun()) {
            assertThat(load(run, "a/b:1").config().toBytes())
                    .isEqualTo(amd.config().toBytes());
        }
    }

    /** From manifest to layer; what is pulled by such a digest serves offline, and goes on to another registry as it is. */
    @Test
    void sha512IsADigestLikeAnyOther() throws IOException {
        byte[] layer = TestImages.bytes(4, 5000);
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":"
                        + "\"layers\",\"diff_ids\":[\"" + Digest.sha256(layer) + "\"]}}")
                .getBytes(UTF_8);
        registry.putBlob("a/b", sha512(config), config);
        registry.putBlob("a/b", sha512(layer), layer);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.MANIFEST
                        + "\",\"config\":{\"mediaType\":\""
                        + MediaType.CONFIG + "\",\"digest\":\"" + sha512(config) + "\",\"size\":" + config.length
                        + "},\"layers\":[{\"mediaType\":\"" + MediaType.LAYER_TAR + "\",\"digest\":\"" + sha512(layer)
                        + "\",\"size\":" + layer.length + "}]}")
                .getBytes(UTF_8);
        registry.putManifest("a/b", sha512(manifest).toString(), MediaType.MANIFEST.name(), manifest);
        try (TestRun run = new TestRun()) {
            load(run, "a/b@" + sha512(manifest));
        }
        try (TestRun run = new TestRun(settings -> settings.withOffline(true))) {
            Image loaded = load(run, "a/b@" + sha512(manifest));
            assertThat(TestImages.all(loaded.lowestFirst().get(0).blob())).isEqualTo(layer);
        }
        try (TestRun run = new TestRun()) {
            push(run, TestImages.documents(load(run, "a/b@" + sha512(manifest))), "c/d:1");
            assertThat(registry.hasBlob("c/d", sha512(layer))).isTrue();
        }
    }

    private static Digest sha512(byte[] content) {
        Digest any = Digest.parse("sha512:" + "0".repeat(128));
        return Digest.of("sha512", HexFormat.of().formatHex(any.newHash().digest(content)));
    }

    private static String descriptor(String document, String more) {
        return "{\"mediaType\":\"" + MediaType.MANIFEST + "\",\"digest\":\"" + Digest.sha256(document) + "\",\"size\":"
                + document.length() + "," + more + "}";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.credential.Credentials;
import io.jlayer.http.Credential;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizerTest {

    private static final String AWKWARD = "s3/cr+t=\"of ann\"";

    @TempDir
    Path temp;

    private FakeRegistry registry;
    private Store store;
    private final ImageDocuments image = TestImages.documents(TestImages.image(1, 3));
    private final AtomicInteger lookups = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        store = Store.open(temp.resolve("store"));
        TestImages.seed(registry, "a/b", "1", image);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private TestRun as(Credential credential) {
        return new TestRun(settings -> settings.withParallelism(1).withCredentials((host, repository) -> {
            lookups.incrementAndGet();
            return Optional.of(credential);
        }));
    }

    private Image pull(TestRun run, String reference) throws IOException {
        ImageRef ref = ImageRef.parse(registry.host() + "/" + reference);
        return run.client.source(ref, store.records("r"), run.warnings::add).load(AMD64, store.blobs());
    }

    private PushReport push(TestRun run, ImageDocuments pushed, String reference) throws IOException {
        RegistryTarget target = run.client.target(ImageRef.parse(registry.host() + "/" + reference), List.of());
        target.write(pushed);
        return target.report().orElseThrow();
    }

    private long tokens() {
        return registry.count(request -> request.path().equals("/token"));
    }

    @Test
    void pullsWhatIsOpenAsNobody() throws IOException {
        registry.auth.open.add("a/b");
        try (TestRun run = as(FakeAuth.password())) {
            TestImages.all(pull(run, "a/b:1").lowestFirst().get(0).blob());
        }
        assertThat(lookups).hasValue(0);
        assertThat(tokens()).isEqualTo(1);
        assertThat(registry.requests)
                .noneMatch(request -> request.header("Authorization").startsWith("Basic"));
    }

    @Test
    void pullsWhatIsClosedAsOurselves() throws IOException {
        try (TestRun run = as(FakeAuth.password())) {
            assertThat(TestImages.all(pull(run, "a/b:1").lowestFirst().get(0).blob()))
                    .hasSize(1000);
        }
        assertThat(lookups).hasValue(1);
    }

    @Test
    void exchangesAnIdentityToken() throws IOException {
        try (TestRun run = as(new Credential.IdentityToken(FakeAuth.IDENTITY))) {
            pull(run, "a/b:1");
            push(run, image, "a/c:1");
        }
        assertThat(registry.count(request -> request.is("POST", "/token"))).isEqualTo(2);
        assertThat(registry.requests)
                .noneMatch(request -> request.uri().toString().contains(FakeAuth.IDENTITY));
    }

    @Test
    void showsAPasswordWhereThatIsWanted() throws IOException {
        registry.auth.mode = FakeAuth.Mode.BASIC;
        try (TestRun run = as(FakeAuth.password())) {
            pull(run, "a/b:1");
            push(run, TestImages.documents(TestImages.image(20, 2)), "a/c:1");
        }
    }

    @Test
    void pushesWithOneTokenAndFewRequests() throws IOException {
        ImageDocuments large = TestImages.documents(TestImages.image(1, 30));
        try (TestRun run = as(FakeAuth.password())) {
            push(run, large, "a/c:1");
        }
        assertThat(tokens()).isEqualTo(1);
        registry.requests.clear();
        try (TestRun run = as(FakeAuth.password())) {
            push(run, large, "a/c:1");
        }
        assertThat(registry.requests).hasSizeLessThan(10);
    }

    @Test
    void asksForTheRightToMountAndDoesWithoutIt() throws IOException {
        for (boolean refused : List.of(false, true)) {
            registry.auth.refuseSeveralScopes = refused;
            try (TestRun run = as(FakeAuth.password())) {
                PushReport report = push(run, TestImages.documents(pull(run, "a/b:1")), "c/d" + refused + ":1");

                assertThat(report.mounted()).isEqualTo(refused ? 0 : 3);
            }
        }
    }

    @Test
    void getsANewTokenWhenItEnds() throws IOException {
        registry.auth.expiresIn = 100;
        try (TestRun run = as(FakeAuth.password())) {
            push(run, image, "a/c:1");
            push(run, TestImages.documents(TestImages.image(50, 1)), "a/c:2");
            assertThat(tokens()).isEqualTo(1);
            run.now = run.now.plus(Duration.ofSeconds(95));
            push(run, TestImages.documents(TestImages.image(60, 1)), "a/c:3");
        }
        assertThat(tokens()).isEqualTo(2);
    }

    @Test
    void getsANewTokenInTheMiddleOfAPush() throws IOException {
        registry.fail(1, request -> request.is("PUT", ".*/uploads/.*"), (request, answer, service) -> {
            registry.auth.revokeAll();
            service.serve();
        });
        try (TestRun run = as(FakeAuth.password())) {
            push(run, image, "a/c:1");
        }
        assertThat(tokens()).isEqualTo(2);
        assertThat(registry.manifest("a/c", "1")).isPresent();
    }

    @Test
    void manyThreadsGetOneToken() throws IOException {
        ImageDocuments large = TestImages.documents(TestImages.image(1, 40));
        try (TestRun run = new TestRun(settings ->
                settings.withParallelism(8).withCredentials((host, repository) -> Optional.of(FakeAuth.password())))) {
            push(run, large, "a/c:1");
        }
        assertThat(tokens()).isEqualTo(1);
    }

    @Test
    void aServerOfTokensThatFailsIsAskedAgain() throws IOException {
        registry.fail(2, request -> request.path().equals("/token"), Fault.status(503));
        try (TestRun run = as(FakeAuth.password())) {
            pull(run, "a/b:1");
            assertThat(run.debug).anyMatch(line -> line.contains("get a token from " + registry.url() + "/token: 503"));
        }
    }

    @Test
    void saysWhoseCredentialsWereRefused() throws IOException {
        registry.fail(
                100,
                request -> request.path().equals("/token"),
                (request, answer, service) -> answer.send(401, "{}".getBytes(UTF_8)));
        Credentials wrong = Credentials.at(
                "settings.xml", (host, repository) -> Optional.of(new Credential.Password("ann", "wrong")));
        try (TestRun run = new TestRun(settings -> settings.withCredentials(wrong))) {
            assertThatThrownBy(() -> push(run, image, "a/c:1"))
                    .hasMessageContaining("(with user 'ann' and the password of settings.xml)");
        }
    }

    @Test
    void saysThatItIsNotAllowedAndNoSecrets() throws IOException {
        String secret = "wrong-pässword";
        String basic = Base64.getEncoder().encodeToString(("ann:" + secret).getBytes(UTF_8));
        registry.fail(
                100,
                request -> request.path().equals("/token"),
                (request, answer, service) -> answer.send(
                        401,
                        ("{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"no " + secret + " " + basic + "\"}]}")
                                .getBytes(UTF_8)));
        Credential credential = new Credential.Password("ann", secret);
        try (TestRun run = as(credential)) {
            assertThatThrownBy(() -> push(run, image, "a/c:1"))
                    .hasMessageContaining("401 UNAUTHORIZED")
                    .satisfies(failure -> assertThat(trace(failure) + run.said() + credential)
                            .doesNotContain(secret)
                            .doesNotContain("scope="));
        }
    }

    @Test
    void aRegistryThatRepeatsATokenIsNotQuoted() throws IOException {
        registry.fail(
                100,
                request -> request.is("POST", ".*uploads.*"),
                (request, answer, service) -> answer.send(
                        403,
                        ("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + request.header("Authorization") + "\"}]}")
                                .getBytes(UTF_8)));
        try (TestRun run = as(FakeAuth.password())) {
            assertThatThrownBy(() -> push(run, image, "a/c:1"))
                    .hasMessageContaining("DENIED; Bearer ***")
                    .satisfies(failure -> assertThat(trace(failure)).doesNotContain("token-1"));
        }
    }

    /** Proxies before servers of tokens, as those may, repeat what was sent as it was sent. */
    @Test
    void aServerOfTokensThatRepeatsWhatWasSentIsNotQuoted() throws IOException {
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        registry.fail(
                100,
                request -> request.path().equals("/token"),
                (request, answer, service) -> answer.send(
                        401,
                        ("{\"errors\":[{\"code\":\"DENIED\",\"message\":\""
                                        + request.header("Authorization") + " " + encoded(AWKWARD) + " "
                                        + AWKWARD.replace("\"", "\\\"") + "\"}]}")
                                .getBytes(UTF_8)));
        for (Credential credential :
                List.of(new Credential.Password("ann", AWKWARD), new Credential.IdentityToken(AWKWARD))) {
            try (TestRun run = as(credential)) {
                assertThatThrownBy(() -> push(run, image, "a/c:1"))
                        .hasMessageContaining("DENIED")
                        .hasMessageContaining("***")
                        .satisfies(failure -> assertThat(trace(failure) + run.said())
                                .doesNotContain(AWKWARD)
                                .doesNotContain(encoded(AWKWARD))
                                .doesNotContain(
                                        Base64.getEncoder().encodeToString(("ann:" + AWKWARD).getBytes(UTF_8))));
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void whoWeAreIsNotToldToAnotherHost() throws IOException {
        try (FakeRegistry store = new FakeRegistry()) {
            TestImages.seed(store, "a/b", "1", image);
            registry.fail(100, request -> request.is("GET", ".*/blobs/.*"), (request, answer, service) -> {
                answer.header("Location", store.url() + request.path() + "?signature=s3cret");
                answer.send(307, new byte[0]);
            });
            try (TestRun run = as(FakeAuth.password())) {
                TestImages.all(pull(run, "a/b:1").lowestFirst().get(0).blob());
                store.fail(1, request -> true, Fault.status(403));
                Image pulled = pull(run, "a/b:1");
                assertThatThrownBy(
                                () -> TestImages.all(pulled.lowestFirst().get(1).blob()))
                        .satisfies(failure ->
                                assertThat(trace(failure) + run.said()).doesNotContain("s3cret"));
            }
            assertThat(store.requests).isNotEmpty().allMatch(request -> request.header("Authorization")
                    .isEmpty());
        }
    }

    @Test
    void aCircleOfRedirectsEnds() throws IOException {
        registry.auth.mode = FakeAuth.Mode.NONE;
        registry.fail(100, request -> request.is("HEAD", ".*"), (request, answer, service) -> {
            answer.header("Location", request.path());
            answer.send(307, new byte[0]);
        });
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> pull(run, "a/b:1")).hasMessageContaining("redirected more than 5 times");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.Store;
import io.jlayer.credential.Credentials;
import io.jlayer.http.Credential;
import io.jlayer.http.RefusalException;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of who asked, when a server refuses: only what that server was shown. */
class RefusedAskerTest {

    private static final String SECRET = "s3cret";

    @TempDir
    Path temp;

    private final ImageDocuments image = TestImages.documents(TestImages.image(1, 1));
    private FakeRegistry registry;
    private FakeRegistry other;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        other = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
        other.close();
    }

    private TestRun as(Credential credential) {
        Credentials known = Credentials.at("settings.xml", (host, repository) -> Optional.of(credential));
        return new TestRun(settings -> settings.withParallelism(1).withCredentials(known));
    }

    private void push(TestRun run) throws IOException {
        run.client.target(ImageRef.parse(registry.host() + "/a/b:1"), List.of()).write(image);
    }

    private void pull(TestRun run) throws IOException {
        Store store = Store.open(temp.resolve("store"));
        Image pulled = run.client
                .source(ImageRef.parse(registry.host() + "/a/b:1"), store.records("r"), run.warnings::add)
                .load(AMD64, store.blobs());
        TestImages.all(pulled.lowestFirst().get(0).blob());
    }

    private void redirectBlobs() throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        registry.fail(99, request -> request.is("GET", ".*/blobs/.*"), (request, answer, service) -> {
            answer.header("Location", other.url() + "/bucket");
            answer.send(307, new byte[0]);
        });
    }

    @Test
    void aRegistryIsShownUserAndPassword() throws IOException {
        registry.auth.mode = FakeAuth.Mode.BASIC;
        try (TestRun run = as(new Credential.Password("bob", SECRET))) {
            assertThatThrownBy(() -> push(run))
                    .hasMessageEndingWith("401 Unauthorized (with user 'bob' and the password of settings.xml)")
                    .satisfies(failure ->
                            assertThat(((RefusalException) failure).shown()).isPresent());
        }
    }

    @Test
    void whoIsForbiddenSomethingIsToldAsWhom() throws IOException {
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        registry.fail(9, request -> request.is("POST", "/v2/.*"), Fault.refusal(403, "DENIED"));
        try (TestRun run = as(FakeAuth.password())) {
            assertThatThrownBy(() -> push(run))
                    .hasMessageEndingWith("403 DENIED; no (with user 'ann' and the password of settings.xml)");
        }
    }

    @Test
    void theServerOfTokensIsShownAnIdentityToken() throws IOException {
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        try (TestRun run = as(new Credential.IdentityToken(SECRET))) {
            assertThatThrownBy(() -> push(run))
                    .hasMessageContaining("get a token from ")
                    .hasMessageEndingWith("(with the identity token of settings.xml)");
        }
    }

    @Test
    void anotherHostIsShownNothing() throws IOException {
        registry.auth.mode = FakeAuth.Mode.BASIC;
        redirectBlobs();
        for (int status : new int[] {401, 403}) {
            other.fail(1, request -> true, Fault.status(status));
            try (TestRun run = as(FakeAuth.password())) {
                assertThatThrownBy(() -> pull(run))
                        .hasMessageContaining(": " + status)
                        .hasMessageEndingWith("(" + other.host()
                                + " was not shown the credentials of settings.xml, which are for " + registry.host()
                                + ")");
            }
        }
        assertThat(other.requests).hasSize(2).allMatch(request -> request.header("Authorization")
                .isEmpty());
    }

    @Test
    void anotherServerOfTokensIsShownNothing() throws IOException {
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        registry.fail(99, request -> request.path().equals("/token"), (request, answer, service) -> {
            answer.header("Location", other.url() + "/token");
            answer.send(307, new byte[0]);
        });
        other.fail(99, request -> true, Fault.status(401));
        try (TestRun run = as(FakeAuth.password())) {
            assertThatThrownBy(() -> push(run))
                    .hasMessageContaining(other.host() + " was not shown the credentials of settings.xml");
        }
        try (TestRun run = as(new Credential.IdentityToken(FakeAuth.IDENTITY))) {
            assertThatThrownBy(() -> push(run)).hasMessageContaining("another host, which is not told who asks");
        }
        assertThat(other.requests).isNotEmpty().noneMatch(request -> new String(request.body(), UTF_8)
                .contains(FakeAuth.IDENTITY));
    }

    @Test
    void whoDoesNotAskForItIsShownNothing() throws IOException {
        registry.auth.mode = FakeAuth.Mode.BASIC;
        try (TestRun run = as(new Credential.IdentityToken(SECRET))) {
            assertThatThrownBy(() -> push(run))
                    .hasMessageEndingWith("(" + registry.host()
                            + " was not shown the credentials of settings.xml, since it did not ask for such)");
        }
    }

    @Test
    void whoIsNobodyIsToldSo() throws IOException {
        registry.fail(9, request -> request.is("POST", "/v2/.*"), Fault.refusal(403, "DENIED"));
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run))
                    .hasMessageEndingWith("(no credentials are known for " + registry.host() + ")")
                    .satisfies(failure ->
                            assertThat(((RefusalException) failure).anonymous()).isTrue());
        }
    }
}

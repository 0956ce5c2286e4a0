// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.http.TestCertificate;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of tokens, as they are. */
class TokensTest extends AgainstFakeRegistry {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"\",\"access_token\":\"T\",\"expires_in\":300}",
                "{\"token\":null,\"access_token\":\"T\"}",
                "{\"token\":\"T\",\"expires_in\":\"300\",\"issued_at\":7}",
                "{\"access_token\":\"T\",\"expires_in\":3599.5,\"scope\":[\"a\"]}",
                "{\"token\":\"T\",\"expires_in\":0}",
                "{\"token\":\"T\",\"expires_in\":-1}",
                "{\"token\":\"T\",\"expires_in\":9223372036854775807}",
                "{\"token\":\"T\",\"expires_in\":\"1e300\"}",
                "{\"token\":\"T\",\"expires_in\":\"-1e300\"}",
                "{\"token\":\"T\",\"expires_in\":null}"
            })
    void tokensComeInManyForms(String form) throws IOException {
        registry.auth.mode = FakeAuth.Mode.TOKEN;
        registry.auth.open.add("a/b");
        registry.fail(99, request -> request.path().equals("/token"), (request, answer, service) -> {
            registry.auth.mode = FakeAuth.Mode.NONE;
            answer.send(200, form.getBytes(UTF_8));
        });
        TestImages.seed(registry, "a/b", "1", image);
        try (TestRun run = new TestRun()) {
            load(run, "a/b:1");
        }
        assertThat(registry.requests)
                .anyMatch(request -> request.header("Authorization").equals("Bearer T"));
    }

    /** A registry that does not know that TLS ends before it. */
    @Test
    void aServerOfTokensBehindTlsMayNotKnowThat() throws Exception {
        TestCertificate certificate = TestCertificate.make(temp);
        try (FakeRegistry secure = new FakeRegistry(Optional.of(certificate.server()))) {
            TestImages.seed(secure, "a/b", "1", image);
            secure.auth.mode = FakeAuth.Mode.TOKEN;
            secure.fail(
                    1,
                    request -> request.is("HEAD", ".*")
                            && request.header("Authorization").isEmpty(),
                    Fault.status(
                            401, "WWW-Authenticate", "Bearer realm=\"http://localhost/token\",service=\"fake & co\""));
            try (TestRun run = new TestRun(settings -> settings.withCaBundle(certificate.pem())
                    .withInsecureHosts(Set.of())
                    .withCredentials((host, name) -> Optional.of(FakeAuth.password())))) {
                Store store = Store.open(temp.resolve("store"));
                run.client
                        .source(ImageRef.parse(secure.host() + "/a/b:1"), store.records("r"), run.warnings::add)
                        .load(AMD64, store.blobs());
            }
            assertThat(secure.requests).anyMatch(request -> request.path().equals("/token"));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jlayer.http.Basic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server of tokens that the reference registry believes: JSON web tokens, signed by the key of a certificate. */
final class RealTokens implements AutoCloseable {

    private final HttpServer server;
    private final PrivateKey key;
    private final X509Certificate certificate;

    RealTokens(PrivateKey key, X509Certificate certificate) throws IOException {
        this.key = key;
        this.certificate = certificate;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::answer);
        server.start();
    }

    /** Lines of the registry's configuration. */
    List<String> configuration(Path pem) {
        return List.of(
                "auth:",
                "  token:",
                "    realm: http://localhost:" + server.getAddress().getPort() + "/token",
                "    service: real",
                "    issuer: test",
                "    rootcertbundle: " + pem);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            FakeRequest request = FakeRequest.of(exchange);
            boolean ann = request.header("Authorization").equals(Basic.of(FakeAuth.password()));
            String access = !ann
                    ? ""
                    : Stream.of(request.query().getOrDefault("scope", "").split(" ", -1))
                            .map(scope -> scope.split(":", 3))
                            .map(parts -> "{\"type\":\"repository\",\"name\":\"" + parts[1] + "\",\"actions\":[\""
                                    + parts[2].replace(",", "\",\"") + "\"]}")
                            .collect(Collectors.joining(","));
            new FakeAnswer(exchange).send(200, ("{\"token\":\"" + token(access) + "\"}").getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String token(String access) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String chain = Base64.getEncoder().encodeToString(certificate.getEncoded());
        String head = encoded("{\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5c\":[\"" + chain + "\"]}");
        String body = encoded("{\"iss\":\"test\",\"sub\":\"ann\",\"aud\":\"real\",\"jti\":\"1\",\"iat\":" + now
                + ",\"nbf\":" + (now - 10) + ",\"exp\":" + (now + 300) + ",\"access\":[" + access + "]}");
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update((head + "." + body).getBytes(UTF_8));
        return head + "." + body + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.http.Credential;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may do what in a fake registry, and its server of tokens. */
final class FakeAuth {

    enum Mode {
        NONE,
        BASIC,
        TOKEN
    }

    static final String USER = "ann";
    static final String PASSWORD = "pa:ss wörd";
    static final String IDENTITY = "identity-of-ann";

    volatile Mode mode = Mode.NONE;
    volatile int expiresIn = 300;
    volatile boolean refuseSeveralScopes;
    /** Repositories that everybody may read. */
    final Set<String> open = ConcurrentHashMap.newKeySet();

    private final FakeRegistry registry;
    private final Map<String, List<String>> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    FakeAuth(FakeRegistry registry) {
        this.registry = registry;
    }

    static Credential.Password password() {
        return new Credential.Password(USER, PASSWORD);
    }

    /** All tokens that were given are worth nothing any more. */
    void revokeAll() {
        tokens.clear();
    }

    boolean allows(FakeRequest request, String repository) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return switch (mode) {
            case NONE -> true;
            case BASIC -> isAnn(request);
            case TOKEN -> granted(request).contains("repository:" + repository + (reads ? ":pull" : ":push"));
        };
    }

    boolean mayRead(FakeRequest request, String repository) {
        return mode != Mode.TOKEN || granted(request).contains("repository:" + repository + ":pull");
    }

    private List<String> granted(FakeRequest request) {
        String header = request.header("Authorization");
        return header.startsWith("Bearer ") ? tokens.getOrDefault(header.substring(7), List.of()) : List.of();
    }

    private static boolean isAnn(FakeRequest request) {
        String expected = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
        return request.header("Authorization").equals("Basic " + expected);
    }

    void challenge(String repository, FakeAnswer answer) throws IOException {
        String value = mode == Mode.BASIC
                ? "Basic realm=\"fake\""
                : "Bearer realm=\"" + registry.url() + "/token\",service=\"fake & co\",scope=\"repository:" + repository
                        + ":pull\"";
        answer.header("WWW-Authenticate", value);
        answer.refuse(401, "UNAUTHORIZED");
    }

    void giveToken(FakeRequest request, FakeAnswer answer) throws IOException {
        boolean isForm = request.method().equals("POST");
        Map<String, String> asked = isForm ? request.form() : request.query();
        boolean ann = isForm ? asked.getOrDefault("refresh_token", "").equals(IDENTITY) : isAnn(request);
        boolean stranger = !isForm && request.header("Authorization").isEmpty();
        List<String> scopes = Arrays.asList(asked.getOrDefault("scope", "").split(" "));
        if ((!ann && !stranger) || !asked.getOrDefault("service", "").equals("fake & co")) {
            answer.refuse(401, "UNAUTHORIZED");
            return;
        }
        if (refuseSeveralScopes && scopes.size() > 1) {
            answer.refuse(403, "DENIED");
            return;
        }
        List<String> granted = scopes.stream()
                .flatMap(scope -> Arrays.stream(
                                scope.substring(scope.lastIndexOf(':') + 1).split(","))
                        .map(action -> scope.substring(0, scope.lastIndexOf(':') + 1) + action))
                .filter(scope -> ann || open.stream().anyMatch(name -> scope.equals("repository:" + name + ":pull")))
                .toList();
        String token = "token-" + numbers.incrementAndGet();
        tokens.put(token, granted);
        String name = isForm ? "access_token" : "token";
        answer.send(200, ("{\"" + name + "\":\"" + token + "\",\"expires_in\":" + expiresIn + "}").getBytes(UTF_8));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.http.Answer;
import io.jlayer.http.Basic;
import io.jlayer.http.Call;
import io.jlayer.http.Credential;
import io.jlayer.http.ErrorText;
import io.jlayer.http.FinalException;
import io.jlayer.http.Hosts;
import io.jlayer.http.Redirects;
import io.jlayer.http.RefusalException;
import io.jlayer.http.UploadBody;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.StringJoiner;

/**
 * Gets tokens from the server that a challenge names.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token authentication</a>
 * @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">OAuth2 token authentication</a>
 */
final class Tokens {

    private static final int LARGEST = 1 << 20;
    private static final long DEFAULT_SECONDS = 60;

    /** Asking again once a day costs nothing, and what is said may be more than a calendar holds. */
    private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

    private final RegistryEndpoint endpoint;
    private final Redirects http;
    private final Clock clock;

    /**
     * A token.
     *
     * @param value what is shown to the registry
     * @param expires when it is not to be used any more: a little before its end
     */
    record Token(String value, Instant expires) {
        @Override
        public String toString() {
            return "token until " + expires;
        }
    }

    Tokens(RegistryEndpoint endpoint, Redirects http, Clock clock) {
        this.endpoint = endpoint;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Asks for a token.
     *
     * @throws RefusalException if it is refused
     */
    Token fetch(Challenge challenge, SortedSet<String> scopes, Optional<Credential> credential) throws IOException {
        URI realm = realm(challenge);
        String service = challenge.parameter("service").orElse("");
        if (credential.isPresent() && credential.get() instanceof Credential.IdentityToken token) {
            return read(exchange(realm, service, scopes, token));
        }
        Call call = Call.of("GET", asked(realm, service, scopes));
        if (credential.isPresent() && credential.get() instanceof Credential.Password password) {
            call = call.with("Authorization", Basic.of(password)).showing(password);
        }
        return read(call);
    }

    private static Call exchange(URI realm, String service, SortedSet<String> scopes, Credential.IdentityToken token) {
        String form = form("grant_type", "refresh_token") + "&" + form("service", service) + "&"
                + form("client_id", "jlayer") + "&" + form("scope", String.join(" ", scopes)) + "&"
                + form("refresh_token", token.secret());
        return Call.of("POST", realm)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(UploadBody.of(form.getBytes(UTF_8)))
                .showing(token);
    }

    private static URI asked(URI realm, String service, SortedSet<String> scopes) {
        StringJoiner query = new StringJoiner("&", realm.getRawQuery() == null ? "?" : "&", "");
        if (!service.isEmpty()) {
            query.add(form("service", service));
        }
        scopes.forEach(scope -> query.add(form("scope", scope)));
        return URI.create(realm + query.toString());
    }

    private Token read(Call call) throws IOException {
        String what = "get a token from " + ErrorText.of(call.uri());
        try (Answer answer = http.send(call)) {
            if (answer.status() / 100 != 2) {
                throw ErrorText.refusal(what, answer.remembered(), clock);
            }
            return parse(OciJson.parse(answer.bytes(LARGEST)));
        } catch (IllegalArgumentException e) {
            throw new FinalException(what + ": the answer makes no sense");
        }
    }

    private Token parse(JsonObject json) {
        String value = json.text("token")
                .filter(text -> !text.isEmpty())
                .or(() -> json.text("access_token"))
                .orElse("");
        if (value.isEmpty() || !value.matches("[!-~]+")) {
            throw new IllegalArgumentException("no token");
        }
        long seconds = seconds(json.members().get("expires_in"));
        long safe = Math.max(seconds - Math.min(10, seconds / 4), 1);
        return new Token(value, clock.instant().plus(Duration.ofSeconds(safe)));
    }

    /** Some write it as text, or with a fraction. */
    private static long seconds(Object expiresIn) {
        try {
            double seconds = Double.parseDouble(String.valueOf(expiresIn)); // never too large, as other numbers may be
            return Math.min((long) seconds, MOST_SECONDS);
        } catch (NumberFormatException e) {
            return DEFAULT_SECONDS;
        }
    }

    private URI realm(Challenge challenge) throws IOException {
        try {
            URI realm = URI.create(challenge.parameter("realm").orElse(""));
            if (!Hosts.host(realm).isEmpty() && realm.getScheme() != null) {
                return endpoint.own(realm);
            }
        } catch (IllegalArgumentException e) {
            // Said below, without repeating what came.
        }
        throw new FinalException("the registry names no address where to get a token");
    }

    private static String form(String name, String value) {
        return name + "=" + URLEncoder.encode(value, UTF_8);
    }
}

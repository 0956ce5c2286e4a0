// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.credential.Credentials;
import io.jlayer.http.Answer;
import io.jlayer.http.Basic;
import io.jlayer.http.Call;
import io.jlayer.http.Credential;
import io.jlayer.http.Redirects;
import io.jlayer.http.RefusalException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows one registry who is asking, as far as it insists: first nobody, then a token for nobody in particular, then who we
 * are. Tokens are kept while they hold and got anew when they do not.
 */
final class Authorizer {

    /** Nobody, anybody, ourselves, and ourselves again with a new token. */
    private static final int MOST_STEPS = 3;

    private final RegistryEndpoint endpoint;
    private final Redirects http;
    private final Tokens tokens;
    private final Credentials credentials;
    private final Clock clock;
    private final Map<Access, State> states = new ConcurrentHashMap<>();
    private volatile Optional<Challenge> challenge = Optional.empty();

    private enum Level {
        NOBODY,
        ANYBODY,
        OURSELVES
    }

    /** What is shown, and what it tells of us. */
    private record Proof(String header, Optional<Credential> credential) {

        Call on(Call call) {
            Call proved = call.with("Authorization", header);
            return credential.map(proved::showing).orElse(proved);
        }
    }

    /** What is known for one access; changed only by who holds it as a lock. */
    private static final class State {
        private Level level = Level.NOBODY;
        private Optional<Proof> proof = Optional.empty();
        private Instant expires = Instant.MAX;
    }

    Authorizer(RegistryEndpoint endpoint, Redirects http, Credentials credentials, Clock clock) {
        this.endpoint = endpoint;
        this.http = http;
        this.tokens = new Tokens(endpoint, http, clock);
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Sends a call; an answer that refuses it is in memory, without what proves who we are, should it repeat that. */
    Answer send(Call call, Access access) throws IOException {
        if (!endpoint.owns(call.uri())) {
            Answer answer = http.send(call);
            return answer.status() < 400 ? answer : answer.remembered();
        }
        State state = states.computeIfAbsent(access, key -> new State());
        for (int step = 0; ; step++) {
            Optional<Proof> proof = proof(state, access);
            Answer answer = http.send(proof.isPresent() ? proof.get().on(call) : call);
            if (answer.status() < 400) {
                return answer;
            }
            Answer refused = answer.remembered();
            if (step == MOST_STEPS || !better(state, access, refused, proof)) {
                return refused;
            }
        }
    }

    private Optional<Proof> proof(State state, Access access) throws IOException {
        synchronized (state) {
            boolean expired = !clock.instant().isBefore(state.expires);
            if (challenge.isPresent() && (state.level == Level.NOBODY || expired)) {
                renew(state, access, expired ? state.level : next(state.level, access));
            }
            return state.proof;
        }
    }

    /** Whether there is more to show now than was shown. */
    private boolean better(State state, Access access, Answer refused, Optional<Proof> shown) throws IOException {
        synchronized (state) {
            if (!state.proof.equals(shown)) {
                return true; // another thread was quicker
            }
            if (refused.status() == 401) {
                Optional<Challenge> asked = Challenge.best(Challenge.parse(refused.headers("WWW-Authenticate")));
                challenge = asked.or(() -> challenge);
                return asked.isPresent() && renew(state, access, next(state.level, access));
            }
            // Some say "not found" or "too many requests" to those they do not know.
            boolean forStrangers = refused.status() == 403 || refused.status() == 404 || refused.status() == 429;
            return forStrangers
                    && access.anonymousFirst()
                    && state.level == Level.ANYBODY
                    && credential(access).isPresent()
                    && renew(state, access, Level.OURSELVES);
        }
    }

    private static Level next(Level level, Access access) {
        return level == Level.NOBODY && access.anonymousFirst() ? Level.ANYBODY : Level.OURSELVES;
    }

    private boolean renew(State state, Access access, Level level) throws IOException {
        Challenge asked = challenge.orElseThrow();
        if (asked.isBasic()) {
            return showPassword(state, access);
        }
        if (level == Level.ANYBODY) {
            try {
                return show(state, level, asked, access, Optional.empty());
            } catch (RefusalException e) {
                if (e.passing() || credential(access).isEmpty()) {
                    throw e;
                }
            }
        }
        return show(state, Level.OURSELVES, asked, access, credential(access));
    }

    private boolean showPassword(State state, Access access) throws IOException {
        Optional<Credential> credential = credential(access);
        if (state.level == Level.OURSELVES
                || credential.isEmpty()
                || !(credential.get() instanceof Credential.Password password)) {
            return false;
        }
        state.level = Level.OURSELVES;
        state.proof = Optional.of(new Proof(Basic.of(password), credential));
        return true;
    }

    private boolean show(State state, Level level, Challenge asked, Access access, Optional<Credential> credential)
            throws IOException {
        Tokens.Token token = token(asked, access, credential);
        state.level = level;
        state.proof = Optional.of(new Proof("Bearer " + token.value(), credential));
        state.expires = token.expires();
        return true;
    }

    private Tokens.Token token(Challenge asked, Access access, Optional<Credential> credential) throws IOException {
        SortedSet<String> scopes = access.scopesWith(asked.parameter("scope").orElse(""));
        try {
            return tokens.fetch(asked, scopes, credential);
        } catch (RefusalException e) {
            if (e.passing() || access.wishes().isEmpty()) {
                throw e;
            }
            return tokens.fetch(asked, access.scopes(), credential);
        }
    }

    /** Whether there is anything to say about who asks. */
    boolean knowsWho(Access access) throws IOException {
        return credential(access).isPresent();
    }

    /** In words, what a server that refused something was shown of us. */
    String shown(RefusalException refusal, Access access) throws IOException {
        String registry = endpoint.registry();
        Optional<String> place = credentials.place(registry, access.repository());
        String from = place.map(text -> " of " + text).orElse("");
        if (refusal.shown().isPresent()) {
            return "with " + refusal.shown().get() + from;
        } else if (!knowsWho(access)) {
            return "no credentials are known for " + registry;
        }
        String those = "was not shown the credentials" + from;
        return refusal.by(endpoint.base())
                ? registry + " " + those + ", since it did not ask for such"
                : refusal.host() + " " + those + ", which are for " + registry;
    }

    private Optional<Credential> credential(Access access) throws IOException {
        return credentials.find(endpoint.registry(), access.repository());
    }
}

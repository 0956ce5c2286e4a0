// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** What proves to a registry who is asking. Never shows itself as text. */
public sealed interface Credential {

    /** The part that nobody may see. */
    String secret();

    /** All forms in which a request may hold what nobody may see. */
    default List<String> spellings() {
        return List.of(secret(), URLEncoder.encode(secret(), UTF_8));
    }

    /** What may be told of it. */
    String description();

    /** A name and a password, or a token that a registry takes for one. */
    record Password(String username, String secret) implements Credential {

        /** Tokens are longer than this, and names as a rule are not. */
        private static final int LONGEST_NAME = 32;

        /** Some servers take a token for the name, with the same again, nothing or a word that stands for it as password. */
        private boolean mayBeToken() {
            return secret.isEmpty()
                    || username.equals(secret)
                    || secret.startsWith("x-oauth")
                    || (username.length() > LONGEST_NAME && username.indexOf('@') < 0);
        }

        @Override
        public List<String> spellings() {
            List<String> all = new ArrayList<>(Credential.super.spellings());
            all.add(Basic.encoded(this));
            if (mayBeToken()) {
                all.add(username);
                all.add(URLEncoder.encode(username, UTF_8));
            }
            return all;
        }

        @Override
        public String description() {
            return mayBeToken() ? "the user and password" : "user '" + username + "' and the password";
        }

        @Override
        public String toString() {
            return "password of " + username;
        }
    }

    /** A token that is exchanged for access tokens, as {@code docker login} keeps it where the registry has such. */
    record IdentityToken(String secret) implements Credential {

        @Override
        public String description() {
            return "the identity token";
        }

        @Override
        public String toString() {
            return "identity token";
        }
    }
}

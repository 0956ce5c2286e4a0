// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

/** What proves to a registry who is asking. Never shows itself as text. */
public sealed interface Credential {

    /** The part that nobody may see. */
    String secret();

    /** What may be told of it. */
    String description();

    /** A name and a password, or a token that a registry takes for one. */
    record Password(String username, String secret) implements Credential {

        /** Tokens are longer than this, and names as a rule are not. */
        private static final int LONGEST_NAME = 32;

        /** Some servers take a token for the name, with the same again, nothing or a word that stands for it as password. */
        @Override
        public String description() {
            boolean mayBeToken = secret.isEmpty()
                    || username.equals(secret)
                    || secret.startsWith("x-oauth")
                    || (username.length() > LONGEST_NAME && username.indexOf('@') < 0);
            return mayBeToken ? "the user and password" : "user '" + username + "' and the password";
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

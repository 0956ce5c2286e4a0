// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

/** What proves to a registry who is asking. Never shows itself as text. */
public sealed interface Credential {

    /** The part that nobody may see. */
    String secret();

    /** A name and a password, or a token that a registry takes for one. */
    record Password(String username, String secret) implements Credential {
        @Override
        public String toString() {
            return "password of " + username;
        }
    }

    /** A token that is exchanged for access tokens, as {@code docker login} keeps it where the registry has such. */
    record IdentityToken(String secret) implements Credential {
        @Override
        public String toString() {
            return "identity token";
        }
    }
}

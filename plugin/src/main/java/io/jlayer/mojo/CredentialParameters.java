// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.credential.GivenCredentials;
import io.jlayer.error.UserError;
import io.jlayer.http.Credential;
import java.util.Map;

/** {@code <credential>}: who we are to one registry, or to a part of it. */
public final class CredentialParameters {

    /** {@code host[:port]}, or that with the start of a repository's path. */
    String registry;

    String username;

    /** Best as {@code env:NAME}: what else stands in a POM, Maven itself shows under {@code -X}. */
    String password;

    GivenCredentials.Entry toEntry(Map<String, String> environment) {
        if (registry == null || username == null || password == null) {
            throw new UserError(
                    "a credential is not complete",
                    "<credentials>",
                    "give each <credential> a <registry>, a <username> and a <password>; the password best as"
                            + " env:NAME, or leave all to settings.xml or docker login");
        }
        return new GivenCredentials.Entry(
                registry,
                new Credential.Password(
                        username, SecretText.of(password, environment, "<credentials>, for " + registry)));
    }

    /** Never tells the password. */
    @Override
    public String toString() {
        return username + " at " + registry;
    }
}

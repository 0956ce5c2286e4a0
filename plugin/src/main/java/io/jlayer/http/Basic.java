// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The header's value that shows a name and a password (RFC 7617). */
public final class Basic {

    private Basic() {}

    public static String of(Credential.Password password) {
        return "Basic " + encoded(password);
    }

    static String encoded(Credential.Password password) {
        String both = password.username() + ":" + password.secret();
        return Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
    }
}

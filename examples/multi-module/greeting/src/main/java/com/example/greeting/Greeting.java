// SPDX-License-Identifier: Apache-2.0
package com.example.greeting;

import org.apache.commons.text.WordUtils;

/** What a shop says to whom. */
public final class Greeting {

    private Greeting() {}

    public static String to(String customer) {
        return "Welcome, " + WordUtils.capitalizeFully(customer) + "!";
    }
}

// SPDX-License-Identifier: Apache-2.0
package it;

/** What a page would show. */
public final class Greeting {

    private Greeting() {}

    public static String text() {
        return "hello";
    }
}

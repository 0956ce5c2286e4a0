// SPDX-License-Identifier: Apache-2.0
package com.example.hello;

/** Says where it runs. */
public final class Hello {

    private Hello() {}

    public static void main(String[] args) {
        String whom = args.length == 0 ? "world" : String.join(" ", args);
        System.out.println("Hello, " + whom + ", from Java " + Runtime.version().feature() + " in a container image");
    }
}

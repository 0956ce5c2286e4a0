// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

/** What a small application starts. */
public final class StartedFixture {

    private StartedFixture() {}

    public static void main(String[] args) {
        System.out.println("started");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

/** What a small application could start too. */
public final class OtherFixture {

    private OtherFixture() {}

    public static void main(String[] args) {
        System.out.println("other");
    }
}

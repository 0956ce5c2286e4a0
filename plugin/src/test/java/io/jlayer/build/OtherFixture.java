// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

/** What a small application could start too. */
final class OtherFixture {

    private OtherFixture() {}

    public static void main(String[] args) {
        System.out.println("other");
    }
}

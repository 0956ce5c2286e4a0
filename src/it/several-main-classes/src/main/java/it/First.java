// SPDX-License-Identifier: Apache-2.0
package it;

public final class First {

    private First() {}

    public static void main(String[] args) {
        System.out.println("First");
    }
}

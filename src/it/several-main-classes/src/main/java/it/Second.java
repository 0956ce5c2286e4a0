// SPDX-License-Identifier: Apache-2.0
package it;

public final class Second {

    private Second() {}

    public static void main(String[] args) {
        System.out.println("Second");
    }
}

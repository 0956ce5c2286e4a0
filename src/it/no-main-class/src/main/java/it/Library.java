// SPDX-License-Identifier: Apache-2.0
package it;

/** Nothing that could be started. */
public final class Library {

    private Library() {}
}

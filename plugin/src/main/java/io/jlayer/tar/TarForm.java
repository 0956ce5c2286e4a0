// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

/**
 * How an entry stands in its tar, for who wants to know what other readers make of it.
 *
 * @param name as it stands there, with slashes at its end
 * @param flag the letter for its type; {@code '\0'} is an old one for a file
 * @param longestHeader bytes of the longest header that tells of it, besides its own block
 */
public record TarForm(String name, char flag, long longestHeader) {

    /** Whether POSIX knows the type, and all of today's readers do: it does not matter then how the tar says it. */
    public boolean isCommon() {
        return flag == 0 || (flag >= '0' && flag <= '6');
    }
}

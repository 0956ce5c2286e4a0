// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

/** What became of something from the old image to the new one. */
public enum Kind {
    ADDED('A'),
    CHANGED('C'),
    DELETED('D'),
    /** Of a layer: it holds the same, packed in another way. */
    REPACKED('R'),
    SAME('=');

    private final char letter;

    Kind(char letter) {
        this.letter = letter;
    }

    /** As trials say it. */
    public char letter() {
        return letter;
    }
}

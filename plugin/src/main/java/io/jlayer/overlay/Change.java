// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.layer.LayerPath;

/**
 * One thing that was done to a root file system.
 *
 * @param kind what was done
 * @param path to what
 * @param size in bytes, of a regular file; 0 otherwise
 * @param directory whether it is a directory
 * @param copiedUp whether it stood in a layer below and was copied to be changed
 */
public record Change(Kind kind, LayerPath path, long size, boolean directory, boolean copiedUp) {

    /** As {@code docker diff} says it. */
    public enum Kind {
        ADDED('A'),
        CHANGED('C'),
        DELETED('D');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        public char letter() {
            return letter;
        }
    }

    @Override
    public String toString() {
        return kind.letter() + " " + path;
    }
}

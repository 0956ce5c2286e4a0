// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a trial may use of this machine.
 *
 * @param memory bytes
 * @param cpus processors, also parts of one
 */
public record Limits(OptionalLong memory, OptionalDouble cpus) {

    public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalDouble.empty());

    /**
     * Reads a size such as {@code 512m}, as bytes.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static long parseBytes(String text) {
        String lower = text.trim().toLowerCase(Locale.ROOT);
        int shift = lower.isEmpty() ? -1 : "kmg".indexOf(lower.charAt(lower.length() - 1));
        String digits = shift < 0 ? lower : lower.substring(0, lower.length() - 1);
        try {
            return Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (shift + 1)));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 512m or 2g", e);
        }
    }

    public boolean isEmpty() {
        return memory.isEmpty() && cpus.isEmpty();
    }
}

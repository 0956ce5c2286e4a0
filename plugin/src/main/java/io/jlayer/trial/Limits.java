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
            long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (shift + 1)));
            if (bytes > 0) {
                return bytes;
            }
            throw new IllegalArgumentException("'" + text + "' is too little memory for any program");
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 512m or 2g", e);
        }
    }

    /**
     * Reads a number of processors such as {@code 1.5}.
     *
     * @throws IllegalArgumentException if it is none, or not above zero
     */
    public static double parseProcessors(String text) {
        try {
            double processors = Double.parseDouble(text.trim());
            if (processors > 0 && Double.isFinite(processors)) {
                return processors;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number of processors", e);
        }
        throw new IllegalArgumentException("'" + text + "' is no number of processors that a program could run on");
    }

    public boolean isEmpty() {
        return memory.isEmpty() && cpus.isEmpty();
    }
}

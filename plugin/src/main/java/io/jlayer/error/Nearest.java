// SPDX-License-Identifier: Apache-2.0
package io.jlayer.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant who wrote a name that does not exist. */
public final class Nearest {

    private Nearest() {}

    /** Fewer letters could begin anything. */
    private static final int SHORTEST_BEGINNING = 3;

    /**
     * The name that is fewest slips away from {@code text}, or the only one that begins with it; empty if none is near
     * enough to be meant.
     */
    public static Optional<String> suggest(String text, Collection<String> names) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return bySlips(wanted, names).or(() -> byBeginning(wanted, names));
    }

    private static Optional<String> byBeginning(String wanted, Collection<String> names) {
        List<String> begun = names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(wanted))
                .toList();
        return wanted.length() >= SHORTEST_BEGINNING && begun.size() == 1
                ? Optional.of(begun.get(0))
                : Optional.empty();
    }

    private static Optional<String> bySlips(String wanted, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt((String name) -> slips(wanted, name))
                        .thenComparing(name -> name))
                .filter(name -> slips(wanted, name) <= Math.max(1, Math.min(wanted.length(), name.length()) / 3));
    }

    /** Letters put in, left out, replaced, or swapped with their neighbour: the optimal string alignment distance. */
    private static int slips(String text, String name) {
        String other = name.toLowerCase(Locale.ROOT);
        int[][] slips = new int[text.length() + 1][other.length() + 1];
        for (int i = 0; i <= text.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : slips(slips, text, other, i, j);
            }
        }
        return slips[text.length()][other.length()];
    }

    private static int slips(int[][] slips, String text, String other, int i, int j) {
        boolean same = text.charAt(i - 1) == other.charAt(j - 1);
        int least = Math.min(slips[i - 1][j - 1] + (same ? 0 : 1), Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        boolean swapped = i > 1
                && j > 1
                && text.charAt(i - 1) == other.charAt(j - 2)
                && text.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

/** Text in columns of letters that are all as wide; what is wider than its column is left as it is. */
final class Columns {

    private Columns() {}

    /** At the left of its column. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** At the right of its column. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}

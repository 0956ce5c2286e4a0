// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Text that strangers wrote, as a terminal may show it: what would move the cursor, colour, hide or reorder other text is
 * spelt out, as GNU tar and {@code ls -b} do it: {@code \n}, {@code \\}, and bytes of UTF-8 in octal, {@code \033}.
 */
public final class VisibleText {

    private static final String NAMED = "\u0007\b\t\n\u000b\f\r";
    private static final String LETTERS = "abtnvfr";

    private VisibleText() {}

    /** The text itself, if all of it can be seen. */
    public static String of(String text) {
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        return at == text.length() ? text : escaped(text, at);
    }

    /** A line of a text file: as {@link #of}, but tabs and backslashes stay what they are. */
    public static String ofLine(String line) {
        StringBuilder visible = new StringBuilder(line.length());
        line.codePoints().forEach(c -> {
            if (c != '\t' && isInvisible(c)) {
                octal(visible, c);
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** Several such lines. */
    public static String ofLines(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        for (String line : text.split("\n", -1)) {
            visible.append(visible.length() == 0 ? "" : "\n").append(ofLine(line));
        }
        return visible.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '\\';
    }

    private static String escaped(String text, int plain) {
        StringBuilder visible = new StringBuilder(text.substring(0, plain));
        for (int i = plain; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\\') {
                visible.append("\\\\");
            } else if (c < 0x7f && NAMED.indexOf(c) >= 0) {
                visible.append('\\').append(LETTERS.charAt(NAMED.indexOf(c)));
            } else if (isInvisible(c)) {
                octal(visible, c);
            } else {
                visible.appendCodePoint(c);
            }
        }
        return visible.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static void octal(StringBuilder visible, int c) {
        for (byte b : Character.toString(c).getBytes(UTF_8)) {
            visible.append('\\')
                    .append((char) ('0' + (b >> 6 & 3)))
                    .append((char) ('0' + (b >> 3 & 7)))
                    .append((char) ('0' + (b & 7)));
        }
    }
}

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

    /** A line of text: as {@link #of}, but tabs and backslashes stay what they are. */
    public static String ofLine(String line) {
        int at = 0;
        while (at < line.length() && (isPlain(line.charAt(at)) || isKept(line.charAt(at)))) {
            at++;
        }
        if (at == line.length()) {
            return line; // as nearly all are; a build says many and is to start fast
        }
        StringBuilder visible = new StringBuilder(line.substring(0, at));
        for (int i = at; i < line.length(); ) {
            int c = line.codePointAt(i);
            i += Character.charCount(c);
            if (isKept(c) || !isInvisible(c)) {
                visible.appendCodePoint(c);
            } else if (c == '\n' || c == '\r') {
                visible.append(c == '\n' ? "\\n" : "\\r");
            } else {
                octal(visible, c);
            }
        }
        return visible.toString();
    }

    private static boolean isKept(int c) {
        return c == '\t' || c == '\\';
    }

    /** Several such lines; those behind the first are indented, so that none passes for one of whoever shows them. */
    public static String ofLines(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        for (String line : text.split("\n", -1)) {
            String indent = visible.length() == 0 || line.isEmpty() || line.startsWith(" ") ? "" : "  ";
            visible.append(visible.length() == 0 ? "" : "\n").append(indent).append(ofLine(line));
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

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

/**
 * Text of others for a terminal or a log: what would move the cursor, colour or hide other text, or begin a line of its own
 * is shown as {@code \}{@code u001b}, as JSON writes it.
 */
final class TerminalText {

    private TerminalText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                plain.append(c).append(text.charAt(++i));
            } else if (isPlain(c)) {
                plain.append(c);
            } else {
                plain.append("\\u").append(Integer.toHexString(c | 0x10000).substring(1));
            }
        }
        return plain.toString();
    }

    /** No control character, no mark that turns the direction of text, no line break of Unicode's, no half of a pair. */
    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}

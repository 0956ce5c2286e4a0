// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words, with quotes and backslashes as in a shell, and nothing else of a shell. */
final class Words {

    private Words() {}

    /**
     * The words.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = c == '\\' && quote != '\'' && i + 1 < text.length();
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (escapes) {
                word.append(text.charAt(++i));
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote is not closed in: " + text);
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What free text gives to the names of secrets: {@code NAME=VALUE}, {@code --name VALUE}, {@code "name": "VALUE"}, and all
 * of these in texts within texts. Where a value ends is a guess; in doubt it ends later. One pass, whatever the text.
 */
final class NamedSecrets {

    private static final Pattern NAMED = Pattern.compile(
            "(?<![\\w.\\-])([\\w.\\-]++)(\\\\*+[\"']?)" + "(\\h*+:\\h*+|=|\\h++=\\h*+|[\\s,]++(?:\\\\\\r?\\n\\s*+)?)");

    /** What may end a value, or the word that it stands in: it is left there, so that people can read the rest. */
    private static final String CLOSING = "\"'`)]},;";

    private final String text;
    private final Predicate<String> isSecret;

    NamedSecrets(String text, Predicate<String> isSecret) {
        this.text = text;
        this.isSecret = isSecret;
    }

    String replaced(String mask) {
        StringBuilder masked = new StringBuilder();
        Matcher named = NAMED.matcher(text);
        int done = 0;
        for (int from = 0; named.find(from); ) {
            from = named.end();
            int end = isGivenAValue(named) ? valueEnd(from, !named.group(2).isEmpty()) : from;
            if (end > from) {
                masked.append(text, done, from).append(mask);
                done = end;
                from = end;
            }
        }
        return masked.append(text, done, text.length()).toString();
    }

    private boolean isGivenAValue(Matcher named) {
        String name = named.group(1);
        String between = named.group(3);
        boolean assigned = between.indexOf('=') >= 0 || between.indexOf(':') >= 0;
        boolean option = name.startsWith("-") && named.end() < text.length() && "-&|<>;".indexOf(at(named.end())) < 0;
        return (assigned || option) && isSecret.test(name.startsWith("-D") ? name.substring(2) : name);
    }

    private int valueEnd(int from, boolean nameIsQuoted) {
        int first = from;
        while (at(first) == '\\') {
            first++;
        }
        if (isQuote(at(first))) {
            int end = quoteEnd(first, first - from);
            return nameIsQuoted ? end : wordEnd(end);
        }
        return at(first) == '{' || at(first) == '[' ? bracketEnd(first) : wordEnd(from);
    }

    /** After the next quote like the one at {@code first}, which has so many backslashes in front of it. */
    private int quoteEnd(int first, int escapes) {
        char quote = at(first);
        int before = 0;
        for (int i = first + 1; i < text.length(); i++) {
            boolean bare = quote == '\'' && escapes == 0;
            if (at(i) == quote && (bare || before % (2 * (escapes + 1)) == escapes)) {
                return i + 1;
            }
            before = at(i) == '\\' ? before + 1 : 0;
        }
        return text.length();
    }

    private int bracketEnd(int first) {
        int depth = 0;
        int escapes = 0;
        for (int i = first; i < text.length(); i++) {
            char c = at(i);
            if (c == '"') {
                i = quoteEnd(i, escapes) - 1;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
            escapes = c == '\\' ? escapes + 1 : 0;
        }
        return text.length();
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length()
                && (!Character.isWhitespace(at(end)) || (at(end) == ' ' && end > from && at(end - 1) == '\\'))) {
            end++;
        }
        while (end > from && CLOSING.indexOf(at(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    /** A space behind the end. */
    private char at(int index) {
        return index < text.length() ? text.charAt(index) : ' ';
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides what looks like a secret, going by the name that it has. That it changed is told, and nothing else of it. */
final class Secrets {

    static final String MASK = "***";

    private static final String NAME =
            "(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|authorization|api[._-]?key"
                    + "|access[._-]?key|private[._-]?key|signing[._-]?key|encryption[._-]?key)s?";

    /** As a word of a name, or at its end: {@code DB_PASSWORD}, {@code dbPassword}, not {@code AUTHOR}. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)(?:^|.*[^a-z])" + NAME + "(?:$|[^a-z].*)|.*(?:password|passwd|secret|token|apikey)$");

    /** {@code --password=x}, {@code -Dshop.token=x}, {@code --password x} within a longer text. */
    private static final Pattern IN_TEXT = Pattern.compile(
            "(?i)(?<![a-z])((?:[\\w.-]{0,64}[^a-z\\s])?" + NAME + "\\s?[=:]\\s?|--" + NAME + "\\s+)[^\\s\"',}&]+");

    /** {@code scheme://user:password@host}. */
    private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]*:)[^/\\s@]+(?=@)");

    private Secrets() {}

    /** Whether what has this name is nobody's business. */
    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /** A value as it may be shown. */
    static String masked(String name, String value) {
        if (isSecret(name)) {
            return value.isEmpty() ? "" : MASK;
        }
        String text = IN_URL.matcher(value).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        return IN_TEXT.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(MASK));
    }
}

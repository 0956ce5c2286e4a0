// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Text of an image's config without what looks like a secret: people show their terminals to each other. Whoever is to
 * have it finds it in the config all the same.
 */
public final class MaskedText {

    private static final String MASK = "***";

    /** A part of a name that says that the value is a secret: {@code DB_PASSWORD}, {@code apiKey}, {@code GITHUB_TOKEN}. */
    private static final String SECRET_WORD =
            "(?:pass(?:word|wd|phrase|code)?|pwd|secrets?|tokens?|credentials?|creds|auth|key|apikey|private)";

    private static final Pattern SECRET_NAME = Pattern.compile("(?i:(?:.*[_.\\-])?" + SECRET_WORD + "(?:[_.\\-].*)?)"
            + "|(?i:.*(?:password|passwd|secret|token|apikey|credential).*)"
            + "|.*[a-z](?:Pass|Key|Auth|Pwd)");
    /** What such a name may end with that is a place of a secret, and not the secret. */
    private static final Pattern PLACE =
            Pattern.compile("(?i:(?:.*[_.\\-])?(?:file|path|dir|url|uri|version|type|alias|stdin))"
                    + "|.*[a-z](?:File|Path|Dir|Url|Uri|Version|Type|Alias)");

    /** A port, and not the beginning of a password. */
    private static final Pattern PORT = Pattern.compile("\\d{1,5}/");

    private static final Pattern HEADER = Pattern.compile("(?i)\\b(bearer|basic)(\\s+)[A-Za-z0-9+/._~=-]{8,}");
    private static final Pattern WELL_KNOWN = Pattern.compile(
            "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}|glpat-[\\w-]{16,}|AKIA[0-9A-Z]{16}|xox[abprs]-[\\w-]{10,}"
                    + "|eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]*)");

    private MaskedText() {}

    /** Whether what goes by this name is better not shown. */
    public static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches() && !PLACE.matcher(name).matches();
    }

    /** A value, masked if its name or its form says that it is a secret. */
    public static String value(String name, String value) {
        return isSecret(name) && !value.isEmpty() ? MASK : of(value);
    }

    /** {@code NAME=VALUE}, as environments are written. */
    public static String assignment(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? of(text)
                : text.substring(0, equals + 1) + value(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Free text, as a command line: what is assigned to a secret's name in it, passwords in URLs, well-known tokens. */
    public static String of(String text) {
        String masked = HEADER.matcher(withoutPasswords(text)).replaceAll("$1$2" + MASK);
        masked = WELL_KNOWN.matcher(masked).replaceAll(MASK);
        return new NamedSecrets(masked, MaskedText::isSecret).replaced(MASK);
    }

    /** Those in URLs: not all escape what is to be escaped there, so that a password goes on to the last {@code @}. */
    private static String withoutPasswords(String text) {
        StringBuilder masked = new StringBuilder();
        int done = 0;
        int end = 0;
        int last = -1;
        for (int url = text.indexOf("://"); url >= 0; url = text.indexOf("://", Math.max(url + 1, done))) {
            int from = url + 3;
            if (from >= end) {
                end = end(text, from, false);
                last = text.lastIndexOf('@', end - 1);
            }
            int colon = end(text, from, true);
            boolean password = colon < last && text.charAt(colon) == ':';
            if (password && !PORT.matcher(text).region(colon + 1, last).lookingAt()) {
                masked.append(text, done, colon + 1).append(MASK);
                done = last;
            }
        }
        return masked.append(text, done, text.length()).toString();
    }

    /** Where a URL ends, or the user in it. */
    private static int end(String text, int from, boolean user) {
        int end = from;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && text.charAt(end) != '"'
                && !(user && "/:@".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    /** The words of a command, with {@code --password WORD} understood too. */
    public static List<String> words(List<String> words) {
        List<String> masked = new ArrayList<>();
        boolean secret = false;
        for (String word : words) {
            masked.add(secret && !word.startsWith("-") ? MASK : of(word));
            secret = word.startsWith("-") && word.indexOf('=') < 0 && isSecret(word.replaceFirst("^-+", ""));
        }
        return masked;
    }

    /** Names and values, as labels. */
    public static SortedMap<String, String> values(Map<String, String> values) {
        SortedMap<String, String> masked = new TreeMap<>();
        values.forEach((name, value) -> masked.put(name, value(name, value)));
        return masked;
    }
}

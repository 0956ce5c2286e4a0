// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way in which a server wants to be told who asks.
 *
 * @param scheme in small letters
 * @param parameters by name in small letters
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate">RFC 9110, section 11.6.1</a>
 */
record Challenge(String scheme, SortedMap<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /**
     * Either a parameter or, where no equals sign follows, the scheme of the next challenge. What repeats inside quotes gives
     * nothing back: else each repetition would take from the stack, as often as whoever answers likes.
     */
    private static final Pattern PART = Pattern.compile(
            "\\G[\\s,]*(" + TOKEN + ")(?:\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|(" + TOKEN + "=*|[^\\s,\"]+)))?");

    /** Reads all challenges of all headers; what makes no sense ends the header that it is in. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            SortedMap<String, String> parameters = new TreeMap<>();
            Matcher part = PART.matcher(header);
            while (part.find()) {
                String name = part.group(1).toLowerCase(Locale.ROOT);
                if (part.group(2) == null && part.group(3) == null) {
                    parameters = new TreeMap<>();
                    challenges.add(new Challenge(name, parameters));
                } else {
                    String value = part.group(2) == null
                            ? part.group(3)
                            : part.group(2).replaceAll("\\\\(.)", "$1");
                    parameters.putIfAbsent(name, value);
                }
            }
        }
        return challenges;
    }

    /** The one that is best to answer: a token says less than a password. */
    static Optional<Challenge> best(List<Challenge> challenges) {
        return challenges.stream()
                .filter(challenge ->
                        challenge.isBearer() && challenge.parameters().containsKey("realm"))
                .findFirst()
                .or(() -> challenges.stream().filter(Challenge::isBasic).findFirst());
    }

    boolean isBearer() {
        return scheme.equals("bearer");
    }

    boolean isBasic() {
        return scheme.equals("basic");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.error.UserError;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads the ports that an image says it listens on. */
final class Ports {

    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");

    private Ports() {}

    /** Reads {@code 8080}, {@code 8080/udp} or {@code 8000-8010}, and gives {@code PORT/PROTOCOL} for each. */
    static List<String> parse(String written) {
        Matcher matcher = PORT.matcher(written.strip());
        if (matcher.matches()) {
            int first = Integer.parseInt(matcher.group(1));
            int last = Integer.parseInt(Optional.ofNullable(matcher.group(2)).orElse(matcher.group(1)));
            String protocol = Optional.ofNullable(matcher.group(3)).orElse("tcp");
            if (first >= 1 && first <= last && last <= 65535) {
                return IntStream.rangeClosed(first, last)
                        .mapToObj(port -> port + "/" + protocol)
                        .toList();
            }
        }
        throw new UserError(
                "'" + written + "' is not a port",
                "<container><ports>",
                "write a number from 1 to 65535, a range as 8000-8010, or 53/udp");
    }
}

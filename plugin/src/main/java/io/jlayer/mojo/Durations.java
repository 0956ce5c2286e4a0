// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.UserError;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time as people write them: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}, {@code 30d}; a bare number is seconds. */
final class Durations {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d|)");

    /** The config counts nanoseconds in 64 bits. */
    private static final Duration LONGEST = Duration.ofDays(100_000);

    private Durations() {}

    static Duration parse(String text, String where) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new UserError(
                    "'" + text + "' is not a length of time", where, "write it as 500ms, 30s, 2m, 1h or 30d");
        }
        Duration duration = of(Long.parseLong(matcher.group(1)), matcher.group(2));
        if (duration.compareTo(LONGEST) > 0) {
            throw new UserError("'" + text + "' is longer than " + LONGEST.toDays() + " days", where, "write less");
        }
        return duration;
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }
}

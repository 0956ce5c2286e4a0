// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.image.Image;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signal that an image wants its program to be ended by.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties">config.md, StopSignal</a>
 */
final class StopSignal {

    static final String DEFAULT = "TERM";

    private static final Pattern REAL_TIME = Pattern.compile("RT(MIN|MAX)(?:([+-])(\\d{1,2}))?");

    /** Where engines count from: programs of other C libraries than glibc are told the same number by them. */
    private static final int FIRST = 34;

    private static final int LAST = 64;

    private StopSignal() {}

    /** As {@code kill -s} takes it: a name, or a number for those of real time, whose names not every shell knows. */
    static String of(Image image) {
        return of(image.config().execution().text("StopSignal").orElse(""));
    }

    static String of(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        if (name.isEmpty()) {
            return DEFAULT;
        }
        Matcher realTime = REAL_TIME.matcher(name);
        return realTime.matches() ? Integer.toString(number(realTime)) : name;
    }

    private static int number(Matcher realTime) {
        int from = realTime.group(1).equals("MIN") ? FIRST : LAST;
        int distance = realTime.group(3) == null ? 0 : Integer.parseInt(realTime.group(3));
        return "-".equals(realTime.group(2)) ? from - distance : from + distance;
    }
}

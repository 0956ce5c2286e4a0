// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.UserError;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as people write them, and as builds show them: {@code 500MB}, {@code 1.5 GB}, {@code 10G}, {@code 10GiB}. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*(?:b|([kmgt])(i?)b?)");

    private static final String UNITS = "kmgt";

    private Sizes() {}

    /** Bytes; units are powers of 1000, with an {@code i} of 1024. Without one, only nothing is clear. */
    static long parse(String text, String where) {
        String size = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = SIZE.matcher(size.equals("0") ? "0b" : size);
        if (!matcher.matches()) {
            throw new UserError("'" + text + "' is not a size", where, "write it as 500MB or 10GB");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        if (matcher.group(2) != null) {
            BigDecimal step = BigDecimal.valueOf(matcher.group(3).isEmpty() ? 1000 : 1024);
            number = number.multiply(step.pow(UNITS.indexOf(matcher.group(2)) + 1));
        }
        return number.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }
}

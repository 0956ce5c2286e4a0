// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as image documents hold them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, Internet Date/Time Format</a>
 */
public final class Rfc3339 {

    private Rfc3339() {}

    /** What {@link Instant#toString} gives, without the JDK's formatters, which cost a cold machine some milliseconds. */
    public static String text(Instant time) {
        if (time.getNano() != 0) {
            return time.toString();
        }
        LocalDateTime there = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        return there + (there.getSecond() == 0 ? ":00Z" : "Z");
    }
}

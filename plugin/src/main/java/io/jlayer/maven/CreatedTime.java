// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import io.jlayer.error.UserError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Properties;

/**
 * The image's date: what the user says, else Maven's property for reproducible builds, else that of all other build tools,
 * else 1970. Never the clock's, unless the user asks for {@code now}.
 *
 * @see <a href="https://maven.apache.org/guides/mini/guide-reproducible-builds.html">Maven's guide to reproducible
 *     builds</a>
 * @see <a href="https://reproducible-builds.org/specs/source-date-epoch/">SOURCE_DATE_EPOCH</a>
 */
public final class CreatedTime {

    private CreatedTime() {}

    public static Instant of(String created, Properties properties, Map<String, String> environment) {
        String outputTimestamp =
                properties.getProperty("project.build.outputTimestamp", "").strip();
        String epoch = environment.getOrDefault("SOURCE_DATE_EPOCH", "").strip();
        if (created != null && !created.isBlank()) {
            return created.strip().equals("now") ? Instant.now() : parse(created.strip(), "<container><created>");
        } else if (outputTimestamp.length() > 1) { // Maven's guide: one character turns it off
            return parse(outputTimestamp, "project.build.outputTimestamp");
        } else if (!epoch.isEmpty()) {
            return parse(epoch, "SOURCE_DATE_EPOCH");
        }
        return Instant.EPOCH;
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** ISO 8601 with a zone, or seconds since 1970. */
    private static Instant parse(String text, String where) {
        try {
            return isNumber(text)
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            throw new UserError(
                    "'" + text + "' is not a date",
                    where,
                    "write it as 2026-01-31T12:00:00Z, or as seconds since 1970",
                    e);
        }
    }
}

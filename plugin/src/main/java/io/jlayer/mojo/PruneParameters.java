// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.PruneRule;
import io.jlayer.error.UserError;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code <prune>}: what {@code jlayer:prune} removes. */
public final class PruneParameters {

    private static final Duration USUAL = Duration.ofDays(30);

    String olderThan;
    String keep;
    boolean dryRun;

    /**
     * Reads them. Who names a size alone wants nothing else to decide.
     *
     * @throws UserError if one of them is no length of time, or no size
     */
    PruneRule toRule() {
        OptionalLong size = keep == null ? OptionalLong.empty() : OptionalLong.of(Sizes.parse(keep, where("keep")));
        Optional<Duration> age = size.isPresent() ? Optional.empty() : Optional.of(USUAL);
        return new PruneRule(olderThan == null ? age : Optional.of(age(olderThan.strip())), size);
    }

    /** Seconds, which a bare number means elsewhere, would be a costly mistake here. */
    private static Duration age(String text) {
        if (!text.equals("0") && text.matches("\\d+")) {
            throw new UserError(
                    "'" + text + "' may be seconds, hours or days",
                    where("olderThan"),
                    "write " + text + "d or " + text + "h");
        }
        return Durations.parse(text, where("olderThan"));
    }

    private static String where(String element) {
        return "<prune><" + element + ">, or -Djlayer.prune." + element;
    }
}

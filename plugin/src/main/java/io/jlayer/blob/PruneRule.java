// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What may go from a store.
 *
 * @param olderThan what nobody used for so long goes; empty if no time decides
 * @param keep what was not used for longest goes until what nothing but the store holds has at most so many bytes
 */
public record PruneRule(Optional<Duration> olderThan, OptionalLong keep) {

    /** What was used since then stays, as far as time decides. */
    Instant limit(Instant now) {
        return olderThan.isPresent() ? now.minus(olderThan.get()) : Instant.MIN.plusSeconds(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Something in a store that a build can make or fetch again, as it looked when it was found. */
public interface StoreItem {

    /** What there is in a store; what it costs to lose it. */
    enum Kind {
        /** A layer, a config or a manifest has to be packed or fetched again. */
        BLOBS,
        /** Something has to be learnt again. */
        RECORDS,
        /** A trial has to unpack a layer again. */
        UNPACKED_LAYERS,
        /** What is being written; once its writer has ended, it is of no use to anybody. */
        DRAFTS
    }

    /** Why something stays though nobody used it for long. */
    enum Hold {
        /** The same file is in an image of a project: nothing would be gained. */
        LINKED,
        /** A trial that runs or was kept lies on it. */
        TRIAL,
        /** Somebody works with the store who may need it. */
        IN_USE,
        /** It was used not long ago. */
        RECENT,
        /** It is another user's, or made in a way that this one cannot take back now. */
        OUT_OF_REACH
    }

    Kind kind();

    /** Bytes that it takes. */
    long size();

    /** When it was last used, as far as is known. */
    Instant used();

    /** Why it stays whenever it was used; empty if nothing holds it. */
    Optional<Hold> hold();

    /**
     * Takes it away if it still looks as it did and nothing holds it; at once, so that others see all of it or nothing. To be
     * called where nobody can begin to use it.
     *
     * @return false if it stays
     */
    boolean takeAway() throws IOException;

    /**
     * Frees the space of what was taken away, where that takes long.
     *
     * @return false if somebody else does: another pruning that found what this one took away
     */
    default boolean free() throws IOException {
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds how many names of files are held at once: an archive of a few megabytes may have so many that they take all
 * memory, and then whatever else this process does fails with them. For many threads.
 */
public final class NameBudget {

    /** Bytes of memory for an entry and its places in sets and trees, besides its names. */
    private static final int ENTRY = 500;

    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();
    private final long limit;

    /** Half of the memory that this process may take. */
    public NameBudget() {
        this(Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * As much as is said.
     *
     * @param limit in bytes
     */
    public NameBudget(long limit) {
        this.limit = limit;
    }

    /**
     * Counts an entry that is going to be held.
     *
     * @param characters of all its names
     * @throws IOException if they do not fit any more
     */
    public void take(int characters) throws IOException {
        long count = entries.incrementAndGet();
        if (kept.addAndGet(ENTRY + 2L * characters) > limit) {
            throw new IOException("it has " + count
                    + " files and more, whose names do not fit into memory: give Maven more, as MAVEN_OPTS=-Xmx8g");
        }
    }
}

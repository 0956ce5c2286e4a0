// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/**
 * A connection that is still being made. What a proxy and TLS say on the way has a time for each of its parts, and one for
 * all: who says a little now and then must not keep us for ever. For one thread, but {@link #closeIfLate} and {@link #end}.
 */
final class Dialing implements Closeable {

    private final Socket wire;
    private final long deadline;
    private volatile boolean done;
    private volatile boolean late;

    /** Over a socket that is connected, until {@link System#nanoTime} is {@code deadline}. */
    Dialing(Socket wire, long deadline) {
        this.wire = wire;
        this.deadline = deadline;
    }

    /** Ends it if its time is over; from any thread. */
    void closeIfLate() {
        if (!done && System.nanoTime() - deadline > 0) {
            late = true;
            end();
        }
    }

    /** Ends it at once; from any thread. */
    void end() {
        try {
            wire.close();
        } catch (IOException e) {
            // it is gone in any case
        }
    }

    boolean isLate() {
        return late;
    }

    /** It is made, or will not be. */
    @Override
    public void close() {
        done = true;
    }
}

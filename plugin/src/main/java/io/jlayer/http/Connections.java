// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps connections to be used again, and sees that none waits for ever to be rid of its bytes. Safe for many threads.
 * Closing ends them all, also those in use.
 */
final class Connections implements Closeable {

    private final Dialer dialer;
    private final long lookMillis;
    private final Map<Route, Deque<Connection>> idle = new HashMap<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Set<Route> unkept = ConcurrentHashMap.newKeySet();
    private Thread watch;
    private volatile boolean closed;

    Connections(HttpSettings settings) {
        this.dialer = new Dialer(settings);
        this.lookMillis =
                Math.max(10, Math.min(1000, settings.patience().stall().toMillis() / 4));
    }

    /**
     * A connection that nobody else uses: one that served before, if there is one, or a new one.
     *
     * @param precious whether what goes out on it cannot be sent once more by itself; then it is looked at for sure
     */
    Connection take(Route route, boolean precious) throws IOException {
        for (Connection used = poll(route); used != null; used = poll(route)) {
            if (!unkept.contains(route)) {
                boolean justUsed = used.isJustUsed();
                if ((justUsed && !precious && used.isAtEnd()) || used.isAlive()) {
                    return used;
                } else if (justUsed) {
                    noteEnded(route);
                }
            }
            drop(used);
        }
        return fresh(route);
    }

    /** Notes that a server there ends connections without saying so, right after an answer: from now on none is kept. */
    void noteEnded(Route route) {
        unkept.add(route);
    }

    /** A connection that was never used. */
    Connection fresh(Route route) throws IOException {
        if (route.secure() || route.proxy().isPresent()) {
            watch();
        }
        Connection connection = dialer.dial(route);
        open.add(connection);
        if (closed) {
            drop(connection);
            throw new FinalException("the client of registries is closed");
        }
        return connection;
    }

    private synchronized Connection poll(Route route) {
        Deque<Connection> waiting = idle.get(route);
        return waiting == null ? null : waiting.pollFirst();
    }

    /** Takes a connection back on which the last answer was read to its end. */
    void giveBack(Connection connection) {
        connection.rest();
        synchronized (this) {
            if (!closed && !unkept.contains(connection.route())) {
                idle.computeIfAbsent(connection.route(), route -> new ArrayDeque<>())
                        .addFirst(connection);
                return;
            }
        }
        drop(connection);
    }

    void drop(Connection connection) {
        open.remove(connection);
        connection.close();
    }

    /** To be called before what has no time-out of its own: blocked writes, and talks of several words with others. */
    synchronized void watch() {
        if (watch == null && !closed) {
            watch = new Thread(this::look, "jlayer-watch");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private void look() {
        while (!closed) {
            try {
                Thread.sleep(lookMillis);
            } catch (InterruptedException e) {
                return;
            }
            open.forEach(Connection::closeIfStalled);
            dialer.closeLate();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (watch != null) {
            watch.interrupt();
        }
        dialer.end();
        List.copyOf(open).forEach(this::drop);
        idle.clear();
    }
}

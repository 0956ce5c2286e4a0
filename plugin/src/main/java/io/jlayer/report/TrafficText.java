// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.blob.Traffic;
import io.jlayer.blob.Traffic.Way;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How bytes on their way get on, in words that fit into a line: how many of how many, and how many in a second of the last
 * few. For one thread.
 */
public final class TrafficText {

    private static final int BAR = 24;
    private static final long WINDOW_NANOS = 3_000_000_000L;
    private static final double NANOS = 1e9;

    private final Traffic traffic;
    private final LongSupplier nanoTime;
    private final Map<Way, Deque<Sample>> samples = new EnumMap<>(Way.class);

    private record Sample(long nanos, long moved) {}

    public TrafficText(Traffic traffic, LongSupplier nanoTime) {
        this.traffic = traffic;
        this.nanoTime = nanoTime;
        for (Way way : Way.values()) {
            samples.put(way, new ArrayDeque<>());
        }
    }

    /** How it stands now; to be asked again and again, since rates follow from what was asked before. Empty if all is through. */
    public String next() {
        String pulled = next(Way.PULL);
        String pushed = next(Way.PUSH);
        if (pulled.isEmpty() || pushed.isEmpty()) {
            Way way = pushed.isEmpty() ? Way.PULL : Way.PUSH;
            String words = pulled + pushed;
            return words.isEmpty() ? "" : bar(way) + words;
        }
        return pulled + "; " + pushed;
    }

    private String next(Way way) {
        long now = nanoTime.getAsLong();
        long moved = traffic.moved(way);
        Deque<Sample> before = samples.get(way);
        before.add(new Sample(now, moved));
        while (now - before.getFirst().nanos() > WINDOW_NANOS && before.size() > 2) {
            before.removeFirst();
        }
        if (!traffic.isMoving(way)) {
            return "";
        }
        Sample first = before.getFirst();
        double seconds = Math.max(1, now - first.nanos()) / NANOS;
        long rate = (long) (Math.max(0, moved - first.moved()) / seconds);
        String what = way == Way.PULL ? "pulled " : "pushed ";
        return what + ReportLines.size(moved) + " of " + ReportLines.size(traffic.expected(way)) + ", "
                + ReportLines.size(rate) + "/s";
    }

    private String bar(Way way) {
        long expected = Math.max(1, traffic.expected(way));
        int full = (int) (BAR * Math.min(traffic.moved(way), expected) / expected);
        return "[" + "=".repeat(full) + (full < BAR ? ">" + " ".repeat(BAR - full - 1) : "") + "] ";
    }
}

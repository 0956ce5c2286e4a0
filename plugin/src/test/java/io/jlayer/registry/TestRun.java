// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.http.Events;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A client whose time passes only when it sleeps, with what it said. */
public final class TestRun implements AutoCloseable, Events {

    final List<String> debug = new CopyOnWriteArrayList<>();
    final List<String> info = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    public final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    final RegistryClient client;
    volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

    public TestRun() {
        this(settings -> settings);
    }

    public TestRun(UnaryOperator<RegistrySettings> change) {
        Pace pace = new Pace(new TestClock(), this::sleep, () -> 1.0);
        this.client = new RegistryClient(change.apply(RegistrySettings.defaults()), this, pace);
    }

    private void sleep(Duration pause) {
        sleeps.add(pause);
        now = now.plus(pause);
    }

    @Override
    public void debug(String line) {
        debug.add(line);
    }

    @Override
    public void info(String line) {
        info.add(line);
    }

    /** Everything that was said. */
    public String said() {
        return String.join("\n", debug) + String.join("\n", info) + String.join("\n", warnings);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}

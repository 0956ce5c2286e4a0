// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Traffic;
import io.jlayer.blob.Traffic.Way;
import io.jlayer.report.Terminal;
import io.jlayer.report.TrafficText;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;

/**
 * A line at the end of a terminal that shows how bytes on their way get on, drawn over itself. It comes when something has
 * been under way for a moment, is gone when all is through, and makes room for each line of the log.
 */
final class TrafficLine implements Closeable {

    private static final long TICK_MILLIS = 200;
    /** What is through sooner needs no line. */
    private static final int PATIENT_TICKS = 4;

    private final Traffic traffic;
    private final OutputStream terminal;
    private final TrafficText text;
    private final Thread thread = new Thread(this::run, "jlayer-line");
    private String shown = "";
    private int busy;
    /** Whether nothing is drawn any more: it was closed, or the terminal is gone. */
    private boolean closed;

    TrafficLine(Traffic traffic, OutputStream terminal, LongSupplier nanoTime) {
        this.traffic = traffic;
        this.terminal = terminal;
        this.text = new TrafficText(traffic, nanoTime);
    }

    /** Begins to show what is on its way, if somebody sits at a terminal and looks; ends when it is closed. */
    static Closeable watch(Traffic traffic, JlayerMojo goal) {
        Log log = goal.getLog();
        if (!log.isInfoEnabled() || !Terminal.mayMove(goal.session.getRequest(), System.getenv())) {
            return () -> {};
        }
        // Maven takes System.out for a log of lines, and would keep an unfinished one back.
        TrafficLine line = new TrafficLine(traffic, new FileOutputStream(FileDescriptor.out), System::nanoTime);
        line.start();
        goal.setLog(line.clearedFor(log));
        return () -> {
            line.close();
            goal.setLog(log);
        };
    }

    private void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                tick();
            }
        } catch (InterruptedException e) {
            return; // nobody wants to see it any more
        }
    }

    /** Draws what there is to see now. */
    synchronized void tick() {
        boolean moving = traffic.isMoving(Way.PULL) || traffic.isMoving(Way.PUSH);
        busy = moving ? busy + 1 : 0;
        String now = text.next();
        draw(busy < PATIENT_TICKS ? "" : now);
    }

    /** Makes room for something else. */
    synchronized void clear() {
        draw("");
    }

    private void draw(String line) {
        if (closed || line.equals(shown)) {
            return;
        }
        // Blanks instead of an escape sequence, which not every terminal knows.
        String blanks = " ".repeat(Math.max(0, shown.length() - line.length()));
        try {
            terminal.write(("\r" + line + blanks + (line.isEmpty() ? "\r" : "")).getBytes(UTF_8));
            terminal.flush();
        } catch (IOException nobodyLooksAnyMore) {
            closed = true;
        }
        shown = line;
    }

    /** The same log, for whose lines this one makes room. */
    Log clearedFor(Log log) {
        return (Log) Proxy.newProxyInstance(
                Log.class.getClassLoader(), new Class<?>[] {Log.class}, (self, method, words) -> {
                    clear();
                    try {
                        return method.invoke(log, words);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public synchronized void close() {
        thread.interrupt();
        clear();
        closed = true;
    }
}

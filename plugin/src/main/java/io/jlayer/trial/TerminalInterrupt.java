// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What Ctrl-C does while a trial has the terminal. The terminal sends the signal to the trial's program too; this process
 * must stay, to tell how the trial ended and what it changed.
 */
final class TerminalInterrupt {

    private static final Handler HANDLER = new Handler();

    private final Runnable action;

    private TerminalInterrupt(Runnable action) {
        this.action = action;
    }

    /** Has {@code action} done for each Ctrl-C, if this process has a terminal; else all stays as it is. */
    static TerminalInterrupt on(Streams streams, Runnable action) {
        TerminalInterrupt interrupt = new TerminalInterrupt(action);
        if (streams instanceof Streams.Inherited && terminal()) {
            HANDLER.add(interrupt);
        }
        return interrupt;
    }

    private static boolean terminal() {
        try {
            String in = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
            return in.startsWith("/dev/pts/") || in.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** Has Ctrl-C do what it did before, but for what comes late of those before. */
    void close() {
        HANDLER.remove(this);
    }

    /**
     * The one handler of this process. It stays once it is there, and hands on what is not a trial's. The classes are there
     * in every JDK that we run on, but not for compilers to see; without them Ctrl-C ends this process.
     */
    private static final class Handler implements InvocationHandler {

        /** A JVM tells of a signal when a thread of its gets to it, which the program's end may overtake. */
        private static final long LATE = Duration.ofSeconds(1).toNanos();

        private final List<TerminalInterrupt> trials = new CopyOnWriteArrayList<>();
        private Object before;
        private volatile long lastEnd;

        synchronized void add(TerminalInterrupt trial) {
            trials.add(trial);
            if (before == null) {
                before = install();
            }
        }

        void remove(TerminalInterrupt trial) {
            if (trials.remove(trial)) {
                lastEnd = System.nanoTime();
            }
        }

        private Object install() {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> type = Class.forName("sun.misc.SignalHandler");
                Object handler = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, this);
                Method handle = signal.getMethod("handle", signal, type);
                return handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                return null;
            }
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                case "handle" -> {
                    interrupted(method, arguments);
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "Ctrl-C of trials";
            };
        }

        private void interrupted(Method method, Object[] arguments) throws Throwable {
            if (!trials.isEmpty()) {
                trials.forEach(trial -> trial.action.run());
            } else if (System.nanoTime() - lastEnd > LATE) {
                try {
                    method.invoke(before(), arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }

        private synchronized Object before() {
            return before;
        }
    }
}

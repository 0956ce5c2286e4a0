// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Ctrl-C does while a trial has the terminal. The terminal sends the signal to the trial's program too; this process
 * must stay, to tell how the trial ended and what it changed.
 */
final class TerminalInterrupt {

    private final Object before;

    private TerminalInterrupt(Object before) {
        this.before = before;
    }

    /** Has {@code action} done for each Ctrl-C, if this process has a terminal; else all stays as it is. */
    static TerminalInterrupt on(Streams streams, Runnable action) {
        return new TerminalInterrupt(
                streams instanceof Streams.Inherited && terminal() ? handle(handler(action)) : null);
    }

    private static boolean terminal() {
        try {
            String in = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
            return in.startsWith("/dev/pts/") || in.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** The class is there in every JDK that we run on, but not for compilers to see; without it Ctrl-C ends this process. */
    private static Object handle(Object handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
            return handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Object handler(Runnable action) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return Proxy.newProxyInstance(
                    TerminalInterrupt.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Has Ctrl-C do what it did before. */
    void close() {
        if (before != null) {
            handle(before);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.TreeRemoval;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Runs all of {@link TrialTest} but some in this process, as whoever it runs as: DIRECTORY TEST,TEST…. */
final class TestRunner {

    private TestRunner() {}

    public static void main(String[] args) throws Exception {
        System.out.println("engine " + TestAccess.here().engine());
        boolean failed = false;
        for (Method method : TrialTest.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)
                    && !List.of(args[1].split(",", -1)).contains(method.getName())) {
                failed |= !passes(method, Path.of(args[0]));
            }
        }
        System.out.println(failed ? "failures" : "all passed");
        System.exit(failed ? 1 : 0);
    }

    private static boolean passes(Method method, Path home) throws Exception {
        TrialTest test = new TrialTest();
        test.directory = Files.createTempDirectory(home, "test");
        try {
            test.open();
            method.invoke(test);
            test.nothingIsLeft();
            return true;
        } catch (InvocationTargetException | AssertionError e) {
            if (e.getCause() instanceof TestAbortedException) {
                System.out.println(
                        method.getName() + " skipped: " + e.getCause().getMessage());
                return true;
            }
            System.out.println(method.getName() + " failed: " + (e.getCause() == null ? e : e.getCause()));
            (e.getCause() == null ? e : e.getCause()).printStackTrace(System.out);
            System.out.println("output was: " + test.output());
            return false;
        } finally {
            TreeRemoval.remove(test.directory, TestAccess.here().ownership());
        }
    }
}

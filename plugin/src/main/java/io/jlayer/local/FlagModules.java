// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import java.util.ArrayList;
import java.util.List;

/** Which modules the JVM needs for what its flags ask of it; without them it does not start, or not as it is told. */
final class FlagModules {

    private static final String AGENT = "-javaagent:";

    /** What flags begin with, and the module that does what they say. */
    private record Doing(String flag, String module) {}

    private static final List<Doing> DOING = List.of(
            new Doing(AGENT, "java.instrument"),
            new Doing("-agentlib:jdwp", "jdk.jdwp.agent"),
            new Doing("-Xrunjdwp", "jdk.jdwp.agent"),
            new Doing("-Dcom.sun.management.", "jdk.management.agent"),
            new Doing("-XX:StartFlightRecording", "jdk.jfr"),
            new Doing("-XX:FlightRecorder", "jdk.jfr"),
            new Doing("-XX:+FlightRecorder", "jdk.jfr"));

    /** Flags that name modules themselves; their value is a word of its own, or follows an equals sign. */
    private static final List<String> NAMING =
            List.of("--add-modules", "--add-opens", "--add-exports", "--add-reads", "--enable-native-access");

    private FlagModules() {}

    /** The names, which need not be those of any module that the JDK has. */
    static List<String> of(List<String> flags) {
        List<String> modules = new ArrayList<>();
        for (int i = 0; i < flags.size(); i++) {
            String flag = flags.get(i);
            for (Doing doing : DOING) {
                if (flag.startsWith(doing.flag())) {
                    modules.add(doing.module());
                }
            }
            for (String naming : NAMING) {
                if (flag.equals(naming) && i + 1 < flags.size()) {
                    addNamed(flags.get(i + 1), modules);
                } else if (flag.startsWith(naming + "=")) {
                    addNamed(flag.substring(naming.length() + 1), modules);
                }
            }
        }
        return modules;
    }

    /** Of {@code MODULE/PACKAGE=OTHERS} and {@code MODULE=OTHERS} the first decides; else all have their commas. */
    private static void addNamed(String value, List<String> modules) {
        int end = value.indexOf('=') < 0 ? value.length() : value.indexOf('=');
        int slash = value.indexOf('/');
        modules.addAll(List.of(
                value.substring(0, slash < 0 ? end : Math.min(slash, end)).split(",", -1)));
    }

    /** Whether other code than the application's comes along. */
    static boolean haveAgent(List<String> flags) {
        for (String flag : flags) {
            if (flag.startsWith(AGENT)) {
                return true;
            }
        }
        return false;
    }
}

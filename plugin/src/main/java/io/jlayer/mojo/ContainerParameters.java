// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.UserError;
import io.jlayer.plan.ContainerSettings;
import io.jlayer.plan.Healthcheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code <container>}: how a container of the image is run. */
public final class ContainerParameters {

    private static final List<String> TAKE_A_WORD = List.of("-cp", "-classpath", "-p");

    String mainClass;
    List<String> jvmFlags = List.of();
    List<String> args = List.of();
    List<String> entrypoint = List.of();
    Map<String, String> environment = new TreeMap<>();
    Map<String, String> labels = new TreeMap<>();
    List<String> ports = List.of();
    List<String> volumes = List.of();
    String user;
    String workingDirectory;
    String stopSignal;
    HealthcheckParameters healthcheck;
    String appRoot;
    String created;

    /** An element without text is an empty value in a map, as in {@code <environment><DEBUG/></environment>}. */
    private static SortedMap<String, String> map(Map<String, String> given) {
        SortedMap<String, String> map = new TreeMap<>();
        for (Map.Entry<String, String> each : given.entrySet()) {
            map.put(each.getKey(), each.getValue() == null ? "" : each.getValue());
        }
        return map;
    }

    private static List<String> list(List<String> given, String element) {
        for (String text : given) {
            if (text == null) {
                throw new UserError(
                        "an element has no text", "<container><" + element + ">", "give it some, or leave it out");
            }
        }
        return List.copyOf(given);
    }

    /** A word that is no flag would be the class that java starts, most often the rest of one that was split at its comma. */
    private static List<String> flags(List<String> given) {
        List<String> flags = list(given, "jvmFlags");
        String before = "";
        for (String flag : flags) {
            boolean isValue = TAKE_A_WORD.contains(before) || (before.startsWith("--") && before.indexOf('=') < 0);
            if (!flag.startsWith("-") && !flag.startsWith("@") && !isValue) {
                throw new UserError(
                        "'" + flag + "' is no flag of a JVM",
                        "<container><jvmFlags>",
                        before.isEmpty()
                                ? "flags begin with '-'; what the program is given stands in <args>"
                                : "if it belongs to " + before
                                        + ", write a comma within a flag as \\, or give each flag an"
                                        + " element of its own; what the program is given stands in <args>");
            }
            if (!isValue && isSeveral(flag)) {
                throw new UserError(
                        "'" + flag + "' is more than one flag of a JVM",
                        "<container><jvmFlags>",
                        "give each an element of its own, or write commas between: "
                                + String.join(",", flag.strip().split(" +")));
            }
            before = flag;
        }
        return flags;
    }

    /** A flag with a blank in it, but for one that has a value, which may hold blanks. */
    private static boolean isSeveral(String flag) {
        int blank = flag.indexOf(' ');
        if (blank < 0 || flag.startsWith("@")) {
            return false;
        }
        String first = flag.substring(0, blank);
        boolean isSwitch = first.startsWith("-XX:+") || first.startsWith("-XX:-");
        return isSwitch || (first.indexOf(':') < 0 && first.indexOf('=') < 0);
    }

    ContainerSettings toSettings() {
        return new ContainerSettings(
                Optional.ofNullable(mainClass),
                flags(jvmFlags),
                list(args, "args"),
                list(entrypoint, "entrypoint"),
                map(environment),
                map(labels),
                list(ports, "ports"),
                list(volumes, "volumes"),
                Optional.ofNullable(user),
                Optional.ofNullable(workingDirectory),
                Optional.ofNullable(stopSignal),
                healthcheck == null ? Optional.empty() : Optional.of(healthcheck.toHealthcheck()),
                Optional.ofNullable(appRoot));
    }

    /** {@code <healthcheck>}. */
    public static final class HealthcheckParameters {

        List<String> command = List.of();
        String interval;
        String timeout;
        String startPeriod;
        Integer retries;

        Healthcheck toHealthcheck() {
            return new Healthcheck(
                    List.copyOf(command),
                    Optional.ofNullable(interval).map(text -> Durations.parse(text, "<interval>")),
                    Optional.ofNullable(timeout).map(text -> Durations.parse(text, "<timeout>")),
                    Optional.ofNullable(startPeriod).map(text -> Durations.parse(text, "<startPeriod>")),
                    Optional.ofNullable(retries));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import io.jlayer.trial.Engine;
import io.jlayer.trial.Limits;
import io.jlayer.trial.Network;
import io.jlayer.trial.PublishedPort;
import io.jlayer.trial.Readiness;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Trials;
import io.jlayer.trial.Volume;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code <try>}: what a trial runs, and how. */
public final class TryParameters {

    private static final Map<String, String> REMEDIES = Map.of(
            "volumes", "write a file or directory of this machine and where it is to be within, as data:/var/lib/app",
            "publish", "write the port here and the one within, as 8081:80",
            "memory", "write a size, as 512m or 2g",
            "cpus", "write how many processors, as 1.5",
            "command", "close each quote, as in a shell",
            "args", "close each quote, as in a shell",
            "probe", "write http://HOST:PORT/PATH or tcp://HOST:PORT",
            "keep", "take a name such as my-trial-1",
            "resume", "name a trial that mvn jlayer:trials lists");

    /** The image to try, as {@code oci-archive:app.tar}; any project will do then, or none. Default: this project's. */
    String image;

    /** What runs in place of the image's entrypoint, in words, as in a shell. */
    String command;

    /** What follows the image's entrypoint in place of its command, in words, as in a shell. */
    String args;

    /** Whether a shell of the image runs. */
    boolean shell;

    String user;
    String network = "host";
    List<String> publish = List.of();
    Map<String, String> environment = new TreeMap<>();
    List<String> volumes = List.of();
    String memory;
    String cpus;
    boolean readOnly;
    boolean seccomp;
    String keep;
    String resume;
    String commit;
    File diff;
    String engine = "auto";
    String probe;
    String timeout;

    /** Reads them; relative volumes are relative to {@code base}. */
    TrialSpec toSpec(Path base, String nameIfKept) {
        TrialSpec.Builder spec = TrialSpec.builder()
                .shell(shell)
                .network(named(Network.class, network, "network"))
                .engine(named(Engine.class, engine, "engine"))
                .publish(read(
                        "publish",
                        () -> publish.stream().map(PublishedPort::parse).toList()))
                .environment(new TreeMap<>(environment))
                .volumes(read("volumes", () -> volumes.stream()
                        .map(volume -> Volume.parse(volume, base))
                        .toList()))
                .limits(new Limits(read("memory", this::bytes), read("cpus", this::processors)))
                .readOnly(readOnly)
                .seccomp(seccomp)
                .commit(commit != null);
        if (command != null) {
            spec.command(read("command", () -> Words.split(command)));
        }
        if (args != null) {
            spec.arguments(read("args", () -> Words.split(args)));
        }
        if (user != null) {
            spec.user(user);
        }
        if (keep != null && !keep.equals("false")) {
            spec.keep(read("keep", () -> Trials.checkName(keep.isBlank() || keep.equals("true") ? nameIfKept : keep)));
        }
        if (resume != null) {
            spec.resume(read("resume", () -> Trials.checkName(resume)));
        }
        if (timeout != null) {
            spec.timeout(Durations.parse(timeout, "<try><timeout>"));
        }
        if (probe != null) {
            spec.probe(read("probe", () -> Readiness.parse(probe)));
        }
        return read("", spec::build);
    }

    private OptionalLong bytes() {
        return memory == null ? OptionalLong.empty() : OptionalLong.of(Limits.parseBytes(memory));
    }

    private OptionalDouble processors() {
        return cpus == null ? OptionalDouble.empty() : OptionalDouble.of(Limits.parseProcessors(cpus));
    }

    private static <T> T read(String element, Supplier<T> reading) {
        String where = element.isEmpty() ? "<try>" : "<try><" + element + ">, or -Djlayer.try." + element;
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    e.getMessage(), where, REMEDIES.getOrDefault(element, "correct it there, or leave it out"), e);
        }
    }

    private static <E extends Enum<E>> E named(Class<E> type, String text, String element) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.contains(text)) {
            throw new UserError(
                    "'" + text + "' is not a" + (element.startsWith("e") ? "n " : " ") + element,
                    "<try><" + element + ">",
                    Nearest.suggest(text, names)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("choose one of " + String.join(", ", names)));
        }
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.FileNames;
import io.jlayer.image.Image;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.RootFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What runs within: the image's config with a {@link TrialSpec} over it.
 *
 * @param command program and arguments
 * @param environment all of it
 * @param directory where it starts
 * @param user who it runs as
 */
record ContainerProcess(
        List<String> command, SortedMap<String, String> environment, LayerPath directory, ContainerUser user) {

    static ContainerProcess of(Image image, TrialSpec spec, RootFs rootFs) throws IOException {
        JsonObject config = image.config().execution();
        ContainerUser user = spec.user().isEmpty() ? imageUser(config, rootFs) : ContainerUser.of(spec.user(), rootFs);
        LayerPath directory = directory(config.text("WorkingDir").orElse(""));
        return new ContainerProcess(command(config, spec, rootFs), environment(config, spec, user), directory, user);
    }

    private static ContainerUser imageUser(JsonObject config, RootFs rootFs) throws IOException {
        try {
            return ContainerUser.of(config.text("User").orElse(""), rootFs);
        } catch (TrialException e) {
            throw e.setting().equals("user") ? e.ofImage("<container><user>") : e;
        }
    }

    /** The same with one more variable, unless it has it. */
    ContainerProcess with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(environment);
        more.putIfAbsent(name, value);
        return new ContainerProcess(command, more, directory, user);
    }

    /** The same, started elsewhere. */
    ContainerProcess in(LayerPath other) {
        return new ContainerProcess(command, environment, other, user);
    }

    private static LayerPath directory(String text) throws IOException {
        try {
            return normal(text);
        } catch (IllegalArgumentException e) {
            throw new TrialException(
                    "the image's working directory: " + e.getMessage(),
                    "",
                    "set <container><workingDirectory> to a path of the image");
        }
    }

    /** A path that the config names, with {@code ..} taken away by the names alone, as engines do. */
    static LayerPath normal(String text) {
        return LayerPath.of(FileNames.text(FileNames.resolve(Path.of("/"), text).normalize()));
    }

    private static List<String> command(JsonObject config, TrialSpec spec, RootFs rootFs) throws IOException {
        if (spec.shell()) {
            return List.of(shell(rootFs));
        }
        if (!spec.command().isEmpty()) {
            return spec.command();
        }
        List<String> command = new ArrayList<>(config.texts("Entrypoint"));
        command.addAll(spec.arguments().isEmpty() ? config.texts("Cmd") : spec.arguments());
        if (command.isEmpty()) {
            throw new TrialException(
                    "the image names nothing to run", "command", "give a command: -Djlayer.try.command='...'");
        }
        return command;
    }

    private static String shell(RootFs rootFs) throws IOException {
        for (String shell : List.of("/bin/bash", "/usr/bin/bash", "/bin/sh", "/usr/bin/sh", "/busybox/sh")) {
            if (rootFs.resolve(LayerPath.of(shell)).isPresent()) {
                return shell;
            }
        }
        throw new TrialException(
                "the image has no shell, neither bash nor sh",
                "shell",
                "run one of its programs, by -Djlayer.try.command='...', or build on a base that has a shell");
    }

    private static SortedMap<String, String> environment(JsonObject config, TrialSpec spec, ContainerUser user) {
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("PATH", ImageConfig.DEFAULT_PATH);
        environment.put("HOME", user.home());
        String terminal = System.getenv("TERM");
        if (terminal != null) {
            environment.put("TERM", terminal);
        }
        for (String variable : config.texts("Env")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        environment.putAll(spec.environment());
        return environment;
    }
}

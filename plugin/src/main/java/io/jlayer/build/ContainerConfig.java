// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.plan.ContainerSettings;
import io.jlayer.project.AppLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lays what the user said over what the base's config says. What nobody speaks of stays the base's.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties">config.md, Properties</a>
 */
final class ContainerConfig {

    /** Where a container starts unless the user or the base says otherwise. */
    private static final String WORKING_DIRECTORY = "/" + AppLayout.ROOT.value();

    private ContainerConfig() {}

    /** {@code java} is the command line that starts the application; empty if there is none to start. */
    static ImageConfig apply(ImageConfig base, ContainerSettings settings, List<String> java) {
        JsonObject config = base.execution();
        config = withCommand(config, settings, java);
        config = config.withUnlessEmpty("Env", environment(config.texts("Env"), settings.environment()));
        config = withAdded(config, "Labels", new TreeMap<>(settings.labels()));
        config = withAdded(config, "ExposedPorts", set(ports(settings.ports())));
        config = withAdded(config, "Volumes", set(settings.volumes()));
        config = with(config, "User", settings.user());
        config = with(config, "StopSignal", settings.stopSignal());
        config = with(config, "WorkingDir", settings.workingDirectory());
        if (config.text("WorkingDir").orElse("").isEmpty() && !java.isEmpty()) {
            config = config.with("WorkingDir", WORKING_DIRECTORY);
        }
        if (settings.healthcheck().isPresent()) {
            config = config.with("Healthcheck", settings.healthcheck().get().toJson());
        }
        return base.withExecution(config);
    }

    /** A new entrypoint makes the base's Cmd meaningless, as with Docker's own builder. */
    private static JsonObject withCommand(JsonObject config, ContainerSettings settings, List<String> java) {
        boolean inherited = settings.entrypoint().equals(List.of(ContainerSettings.INHERIT));
        List<String> entrypoint = settings.entrypoint().isEmpty() ? java : settings.entrypoint();
        JsonObject changed = config;
        if (!inherited && !entrypoint.isEmpty()) {
            changed = changed.with("Entrypoint", entrypoint).without("Cmd").without("ArgsEscaped");
        }
        return settings.args().isEmpty() ? changed : changed.with("Cmd", settings.args());
    }

    private static JsonObject with(JsonObject config, String name, Optional<String> value) {
        return value.isPresent() ? config.with(name, value.get()) : config;
    }

    /** The base's variables at their places, with the user's values; new ones behind them, by name. */
    private static List<String> environment(List<String> base, SortedMap<String, String> own) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : base) {
            lines.put(line.indexOf('=') < 0 ? line : line.substring(0, line.indexOf('=')), line);
        }
        for (Map.Entry<String, String> each : own.entrySet()) {
            lines.put(each.getKey(), each.getKey() + "=" + each.getValue());
        }
        return new ArrayList<>(lines.values());
    }

    private static JsonObject withAdded(JsonObject config, String name, SortedMap<String, ?> added) {
        JsonObject members = config.object(name).orElse(JsonObject.EMPTY);
        for (Map.Entry<String, ?> entry : added.entrySet()) {
            members = members.with(entry.getKey(), entry.getValue());
        }
        return members.isEmpty() ? config : config.with(name, members);
    }

    /** Docker writes sets as objects whose members are empty objects. */
    private static SortedMap<String, Object> set(List<String> names) {
        SortedMap<String, Object> set = new TreeMap<>();
        for (String name : names) {
            set.put(name, JsonObject.EMPTY);
        }
        return set;
    }

    private static List<String> ports(List<String> written) {
        List<String> ports = new ArrayList<>();
        for (String port : written) {
            ports.addAll(Ports.parse(port));
        }
        return ports;
    }
}

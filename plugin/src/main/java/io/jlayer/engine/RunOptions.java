// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.FileNames;
import io.jlayer.image.Image;
import io.jlayer.oci.JsonObject;
import io.jlayer.trial.Network;
import io.jlayer.trial.PublishedPort;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code docker run} is told of a trial, but for its {@linkplain PassedVariables variables}.
 *
 * @param image what runs
 * @param spec how
 * @param elsewhere whether the engine has another network than this machine; the image's ports are published then
 */
record RunOptions(Image image, TrialSpec spec, boolean elsewhere) {

    List<String> words() throws IOException {
        List<String> words = new ArrayList<>(List.of("--pull", "never", "--security-opt", "no-new-privileges"));
        network(words);
        for (Volume volume : spec.volumes()) {
            words.addAll(List.of("--mount", mount(volume)));
        }
        if (!spec.user().isEmpty()) {
            words.addAll(List.of("--user", spec.user()));
        }
        if (spec.readOnly()) {
            words.addAll(List.of("--read-only", "--tmpfs", "/tmp", "--tmpfs", "/run"));
        }
        spec.limits().memory().ifPresent(bytes -> words.addAll(List.of("--memory", Long.toString(bytes))));
        spec.limits()
                .cpus()
                .ifPresent(cpus -> words.addAll(List.of("--cpus", String.format(Locale.ROOT, "%.3f", cpus))));
        return words;
    }

    private void network(List<String> words) {
        if (spec.network() == Network.NONE) {
            words.addAll(List.of("--network", "none"));
        } else if (spec.network() == Network.HOST && !elsewhere) {
            words.addAll(List.of("--network", "host"));
        } else if (spec.network() == Network.HOST) {
            image.config()
                    .execution()
                    .object("ExposedPorts")
                    .map(JsonObject::members)
                    .ifPresent(ports -> ports.keySet().forEach(port -> publish(words, port.split("/", 2)[0], port)));
        }
        for (PublishedPort port : spec.publish()) {
            publish(words, Integer.toString(port.host()), Integer.toString(port.container()));
        }
    }

    private static void publish(List<String> words, String host, String container) {
        words.addAll(List.of("--publish", host + ":" + container));
    }

    private static String mount(Volume volume) throws IOException {
        String source = FileNames.text(volume.source());
        String target = volume.target().toString();
        if ((source + target).matches("(?s).*[,\"\\n].*")) {
            throw new IOException("run a trial: the volume " + source + ":" + target
                    + " has a comma or a quote in its name, which docker does not take");
        }
        return "type=bind,source=" + source + ",target=" + target + (volume.readOnly() ? ",readonly" : "");
    }

    /** The rest of the line: an entrypoint of the trial's own takes the place of the image's, and of its command. */
    static List<String> withCommand(List<String> options, String reference, TrialSpec spec) {
        List<String> words = new ArrayList<>(options);
        List<String> command = spec.shell()
                ? List.of("/bin/sh", "-c", "if command -v bash >/dev/null; then exec bash; fi; exec sh")
                : spec.command();
        if (command.isEmpty()) {
            words.add(reference);
            words.addAll(spec.arguments());
            return words;
        }
        words.addAll(List.of("--entrypoint", command.get(0), reference));
        words.addAll(command.subList(1, command.size()));
        return words;
    }
}

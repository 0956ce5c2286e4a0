// SPDX-License-Identifier: Apache-2.0
package io.jlayer.inspect;

import io.jlayer.image.MaskedText;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a container of an image is run, in words; secrets are masked. */
public final class RunFacts {

    /**
     * One thing that the config says.
     *
     * @param name what it is
     * @param values one, or several, or the words of a command
     */
    public record Fact(String name, List<String> values) {}

    private final JsonObject execution;
    private final List<Fact> facts = new ArrayList<>();

    private RunFacts(JsonObject execution) {
        this.execution = execution;
    }

    /**
     * All that the config says, in the order in which it is told; what it does not say is left out.
     *
     * @throws IllegalArgumentException if it says something that no config may
     */
    public static List<Fact> of(ImageConfig config) {
        RunFacts facts = new RunFacts(config.execution());
        facts.words("entrypoint", "Entrypoint");
        facts.words("command", "Cmd");
        facts.text("user", "User");
        facts.text("directory", "WorkingDir");
        facts.add(
                "environment",
                facts.execution.texts("Env").stream()
                        .map(MaskedText::assignment)
                        .toList());
        facts.keys("ports", "ExposedPorts");
        facts.keys("volumes", "Volumes");
        facts.text("stop signal", "StopSignal");
        facts.healthcheck();
        facts.words("shell", "Shell");
        facts.add(
                "on build",
                facts.execution.texts("OnBuild").stream().map(MaskedText::of).toList());
        facts.add(
                "labels",
                MaskedText.values(facts.execution.textMap("Labels")).entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .toList());
        return facts.facts;
    }

    private void words(String name, String member) {
        add(name, MaskedText.words(execution.texts(member)));
    }

    private void text(String name, String member) {
        add(
                name,
                execution
                        .text(member)
                        .filter(text -> !text.isEmpty())
                        .map(List::of)
                        .orElse(List.of()));
    }

    private void keys(String name, String member) {
        add(
                name,
                execution
                        .object(member)
                        .map(keys -> List.copyOf(keys.members().keySet()))
                        .orElse(List.of()));
    }

    private void healthcheck() {
        Optional<JsonObject> check = execution.object("Healthcheck");
        if (check.isPresent()) {
            List<String> words = new ArrayList<>(MaskedText.words(check.get().texts("Test")));
            duration(check.get(), "Interval", "every ").ifPresent(words::add);
            duration(check.get(), "Timeout", "for at most ").ifPresent(words::add);
            check.get().number("Retries").ifPresent(retries -> words.add("(" + retries + " times)"));
            add("healthcheck", words);
        }
    }

    private static Optional<String> duration(JsonObject check, String member, String words) {
        return check.number(member)
                .filter(nanos -> nanos > 0)
                .map(nanos -> "(" + words + nanos / Duration.ofMillis(1).toNanos() / 1000.0 + " s)");
    }

    private void add(String name, List<String> values) {
        if (!values.isEmpty()) {
            facts.add(new Fact(name, values));
        }
    }
}

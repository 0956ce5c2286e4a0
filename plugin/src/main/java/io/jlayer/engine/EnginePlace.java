// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an engine is: whether the network that it calls the host's is this machine's. Its own program is asked, since that
 * alone knows all that decides: {@code DOCKER_HOST}, contexts, {@code CONTAINER_HOST}, connections, its configuration.
 */
final class EnginePlace {

    private final Question question;
    private final Map<String, String> environment;

    /** Runs the engine's program. */
    interface Question {
        /**
         * What it prints when it is given these words.
         *
         * @throws IOException if it fails
         */
        String ask(String... words) throws IOException;
    }

    EnginePlace(Question question, Map<String, String> environment) {
        this.question = question;
        this.environment = environment;
    }

    boolean isElsewhere() {
        Optional<String> address = answer("context", "inspect", "--format", "{{.Endpoints.docker.Host}}")
                .filter(EnginePlace::isAddress);
        if (address.isPresent()) {
            return !isOfThisMachine(address.get()) || hasNetworkOfItsOwn();
        }
        Optional<String> remote = answer("info", "--format", "{{.Host.ServiceIsRemote}}");
        if (remote.isPresent()) {
            // A service behind a socket of this machine counts as remote too.
            return remote.get().equals("true") && !isOfThisMachine(environment.getOrDefault("CONTAINER_HOST", ""));
        }
        return List.of("DOCKER_HOST", "CONTAINER_HOST").stream()
                .map(name -> environment.getOrDefault(name, ""))
                .anyMatch(host -> !host.isEmpty() && !isOfThisMachine(host));
    }

    private Optional<String> answer(String... words) {
        try {
            return Optional.of(question.ask(words).strip());
        } catch (IOException e) {
            return Optional.empty(); // another engine, or an old one
        }
    }

    private static boolean isAddress(String answer) {
        return answer.indexOf(':') > 0 && answer.lines().count() == 1;
    }

    private static boolean isOfThisMachine(String address) {
        return address.startsWith("unix:") || address.startsWith("fd:");
    }

    /** A rootless daemon lives in a network namespace, and Docker Desktop in a virtual machine. */
    private boolean hasNetworkOfItsOwn() {
        String engine = answer("info", "--format", "{{.OperatingSystem}} {{.SecurityOptions}}")
                .orElse("");
        return engine.contains("Docker Desktop") || engine.contains("name=rootless");
    }
}

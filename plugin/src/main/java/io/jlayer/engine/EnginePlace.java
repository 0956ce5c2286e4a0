// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where an engine is: whether the network that it calls the host's is this machine's. Its own program is asked, since that
 * alone knows all that decides: {@code DOCKER_HOST}, contexts, {@code CONTAINER_HOST}, connections, its configuration.
 */
final class EnginePlace {

    private static final Pattern LOOPBACK = Pattern.compile(
            "[a-z]+://(?:[^@/]*@)?(?:localhost|127\\.[0-9.]+|\\[::1])(?::[0-9]+)?(?:/.*)?", Pattern.CASE_INSENSITIVE);

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

    boolean isElsewhere() throws InterruptedIOException {
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
        return named().anyMatch(host -> !isOfThisMachine(host));
    }

    /**
     * Whether it is on another machine, as far as that can be told without asking that one.
     *
     * @param hasContexts whether its program is worth asking for one
     */
    boolean isOverNetwork(boolean hasContexts) throws InterruptedIOException {
        return address(hasContexts)
                .filter(address -> !isReachedWithoutNetwork(address))
                .isPresent();
    }

    /**
     * Where it is reached, as far as that can be told without asking it; empty where its program itself is the engine.
     *
     * @param hasContexts whether its program is worth asking for one
     */
    Optional<String> address(boolean hasContexts) throws InterruptedIOException {
        Optional<String> context = hasContexts
                ? answer("context", "inspect", "--format", "{{.Endpoints.docker.Host}}")
                        .filter(EnginePlace::isAddress)
                : Optional.empty();
        Optional<String> told = context.or(() -> named().findFirst());
        return told.isPresent() ? told : new PodmanConnections(this::answer, environment).address();
    }

    private Stream<String> named() {
        return Stream.of("DOCKER_HOST", "CONTAINER_HOST")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(host -> !host.isEmpty());
    }

    /** An engine in a virtual machine of this one is reached by its loopback. */
    private static boolean isReachedWithoutNetwork(String address) {
        return isOfThisMachine(address)
                || address.startsWith("npipe:")
                || LOOPBACK.matcher(address).matches();
    }

    private Optional<String> answer(String... words) throws InterruptedIOException {
        try {
            return Optional.of(question.ask(words).strip());
        } catch (InterruptedIOException e) {
            throw e;
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
    private boolean hasNetworkOfItsOwn() throws InterruptedIOException {
        String engine = answer("info", "--format", "{{.OperatingSystem}} {{.SecurityOptions}}")
                .orElse("");
        return engine.contains("Docker Desktop") || engine.contains("name=rootless");
    }
}

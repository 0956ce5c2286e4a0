// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which of the engines that podman knows it speaks to. Its own program lists them, and asks none of them for that.
 *
 * @param program is asked, and gives nothing where it does not know the question
 */
record PodmanConnections(Program program, Map<String, String> environment) {

    private static final String VARIABLE = "CONTAINER_CONNECTION";

    /** Runs podman. */
    interface Program {
        Optional<String> answer(String... words) throws InterruptedIOException;
    }

    /** Where the engine is reached; empty if podman works on this machine itself, or is not what is asked here. */
    Optional<String> address() throws InterruptedIOException {
        String name = environment.getOrDefault(VARIABLE, "");
        if (!name.isEmpty()) {
            // One that is not listed may be anywhere.
            return Optional.of(listed(connection -> connection.text("Name").equals(Optional.of(name)))
                    .orElse("connection " + name));
        }
        return isClient() ? listed(connection -> connection.flag("Default").orElse(false)) : Optional.empty();
    }

    /** What only speaks to a service has no place for images, and no option for one. */
    private boolean isClient() throws InterruptedIOException {
        return program.answer("--help")
                .filter(help -> help.contains("--url ") && !help.contains("--root "))
                .isPresent();
    }

    private Optional<String> listed(Predicate<JsonObject> wanted) throws InterruptedIOException {
        Optional<String> list = program.answer("system", "connection", "list", "--format", "json");
        try {
            List<JsonObject> connections =
                    list.isPresent() ? OciJson.parseList(list.get().getBytes(UTF_8)) : List.of();
            return connections.stream().filter(wanted).findFirst().flatMap(connection -> connection.text("URI"));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // another program's words
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import io.jlayer.http.Credential;
import io.jlayer.http.Events;
import io.jlayer.http.Hosts;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the programs that keep credentials, {@code docker-credential-NAME}.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">the helpers' protocol</a>
 */
public final class CredentialHelpers {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What helpers say, and exit with failure, when they have nothing; translated by none of them. */
    private static final String NOTHING = "credentials not found";

    private final Map<String, String> environment;
    private final Duration limit;
    private final Events events;

    /** Helpers are looked for on the {@code PATH} of {@code environment}, which they are given too. */
    public CredentialHelpers(Map<String, String> environment, Events events) {
        this(environment, LIMIT, events);
    }

    CredentialHelpers(Map<String, String> environment, Duration limit, Events events) {
        this.environment = Map.copyOf(environment);
        this.limit = limit;
        this.events = events;
    }

    /** Whether there is such a helper. */
    boolean has(String name) {
        return program(name).isPresent();
    }

    /** Credentials from one helper, named as in {@code docker-credential-NAME} or by its path. */
    public Credentials helper(String name) {
        return (registry, repository) -> ask(name, Hosts.canonical(registry));
    }

    /** Asks a helper for a registry; one that fails is reported, without its words, and passed over. */
    Optional<Credential> ask(String name, String registry) throws IOException {
        Optional<Path> program = program(name);
        if (program.isEmpty()) {
            events.info("credential helper docker-credential-" + name + " is not there");
            return Optional.empty();
        }
        String server = registry.equals(ImageRef.DEFAULT_REGISTRY) ? Hosts.DOCKER_KEY : registry;
        Program.Output output;
        try {
            output = Program.run(List.of(program.get().toString(), "get"), environment, server, limit);
        } catch (ProgramException e) {
            events.info("credential helper " + program.get().getFileName() + ": " + e.getMessage());
            return Optional.empty();
        }
        if (output.exitCode() != 0) {
            if (!output.text().contains(NOTHING)) {
                events.info("credential helper " + program.get().getFileName() + " failed with exit code "
                        + output.exitCode() + " for " + registry);
            }
            return Optional.empty();
        }
        return read(output.bytes(), program.get());
    }

    private Optional<Credential> read(byte[] output, Path program) {
        try {
            JsonObject json = OciJson.parse(output);
            String username = json.text("Username").orElse("");
            String secret = json.requiredText("Secret");
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    username.equals("<token>")
                            ? new Credential.IdentityToken(secret)
                            : new Credential.Password(username, secret));
        } catch (IllegalArgumentException e) {
            // The cause could quote the secret.
            events.info("credential helper " + program.getFileName() + ": its answer makes no sense");
            return Optional.empty();
        }
    }

    private Optional<Path> program(String name) {
        try {
            if (name.indexOf('/') >= 0 || name.indexOf(File.separatorChar) >= 0) {
                return Optional.of(Path.of(name)).filter(Files::isExecutable);
            }
            for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                for (String suffix : List.of("", ".exe", ".cmd")) {
                    Path program = Path.of(directory, "docker-credential-" + name + suffix);
                    if (!directory.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                        return Optional.of(program);
                    }
                }
            }
        } catch (InvalidPathException e) {
            // A name that no file can have.
        }
        return Optional.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import io.jlayer.http.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts all places where credentials may be into their order: what was said for jlayer first, what others left last. */
public final class CredentialSources {

    private final Map<String, String> environment;
    private final String home;
    private final Events events;
    private final CredentialHelpers helpers;

    public CredentialSources(Map<String, String> environment, String home, Events events) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.events = events;
        this.helpers = new CredentialHelpers(environment, events);
    }

    /**
     * All of them.
     *
     * @param explicit what the configuration says, by host
     * @param helper a helper that the configuration names; empty for none
     * @param settings what Maven's settings say, decrypted, by host
     * @param pushedTo the registries for which the environment's general variables are meant
     */
    public Credentials all(
            List<GivenCredentials.Entry> explicit,
            String helper,
            List<GivenCredentials.Entry> settings,
            Set<String> pushedTo) {
        List<Credentials> sources = new ArrayList<>();
        sources.add(Credentials.at("<credentials>", new GivenCredentials(explicit)));
        if (!helper.isEmpty()) {
            sources.add(Credentials.at("docker-credential-" + helper, helpers.helper(helper)));
        }
        sources.add(Credentials.at("settings.xml", new GivenCredentials(settings)));
        files().forEach(file -> sources.add(Credentials.at(file.toString(), new AuthFile(file, helpers, events))));
        sources.add(Credentials.at(
                "JLAYER_REGISTRY_... in the environment", new EnvironmentCredentials(environment, pushedTo, events)));
        sources.add(Credentials.at("a credential helper of the cloud", new WellKnownHelpers(helpers)));
        return Credentials.firstOf(sources);
    }

    /** Podman's file, which a variable can put anywhere, then Docker's. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (!add(files, variable("REGISTRY_AUTH_FILE"), "")) {
            if (!add(files, variable("XDG_RUNTIME_DIR"), "containers/auth.json")) {
                addWithoutRuntimeDirectory(files);
            }
            if (!add(files, variable("XDG_CONFIG_HOME"), "containers/auth.json")) {
                add(files, home, ".config/containers/auth.json");
            }
        }
        if (!add(files, variable("DOCKER_CONFIG"), "config.json")) {
            add(files, home, ".docker/config.json");
        }
        return files;
    }

    /** Where podman keeps it for users without a session: root, containers, most CI. */
    private void addWithoutRuntimeDirectory(List<Path> files) {
        try {
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            add(files, "/run/containers/" + user, "auth.json");
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux: podman has no such place there.
        }
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    private boolean add(List<Path> files, String directory, String name) {
        if (directory.isBlank()) {
            return false;
        }
        try {
            files.add(Path.of(directory, name));
            return true;
        } catch (InvalidPathException e) {
            events.info("credentials are not looked for in a place that no file can have");
            return false;
        }
    }
}

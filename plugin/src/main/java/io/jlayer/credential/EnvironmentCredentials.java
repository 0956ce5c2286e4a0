// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import io.jlayer.http.Credential;
import io.jlayer.http.Events;
import io.jlayer.http.Hosts;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Credentials in the environment: {@code JLAYER_REGISTRY_USERNAME} and {@code JLAYER_REGISTRY_PASSWORD} for the registries
 * that are pushed to, and {@code JLAYER_REGISTRY_HOST_USERNAME}, {@code JLAYER_REGISTRY_HOST_PASSWORD} for any host, in
 * capitals and with {@code _} for what is neither letter nor digit.
 */
public final class EnvironmentCredentials implements Credentials {

    private static final String PREFIX = "JLAYER_REGISTRY_";

    private final Map<String, String> environment;
    private final Set<String> own;
    private final Events events;

    /**
     * Reads the environment.
     *
     * @param own the registries that the general names are meant for: never just any that asks
     * @param events hears of a name without a password, or the other way round
     */
    public EnvironmentCredentials(Map<String, String> environment, Set<String> own, Events events) {
        this.environment = Map.copyOf(environment);
        this.events = events;
        this.own = own.stream().map(Hosts::canonical).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Credential> find(String registry, String repository) {
        String host = Hosts.canonical(registry);
        String name = host.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_";
        return pair(PREFIX + name).or(() -> own.contains(host) ? pair(PREFIX) : Optional.empty());
    }

    private Optional<Credential> pair(String prefix) {
        String username = environment.getOrDefault(prefix + "USERNAME", "");
        String password = environment.getOrDefault(prefix + "PASSWORD", "");
        if (username.isEmpty() != password.isEmpty()) {
            String set = username.isEmpty() ? "PASSWORD" : "USERNAME";
            String missing = username.isEmpty() ? "USERNAME" : "PASSWORD";
            events.info(prefix + set + " is set and " + prefix + missing + " is not, so neither is used");
        }
        return username.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credential.Password(username, password));
    }
}

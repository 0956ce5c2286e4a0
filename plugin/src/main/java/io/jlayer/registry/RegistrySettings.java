// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.credential.Credentials;
import io.jlayer.http.Hosts;
import io.jlayer.http.HttpSettings;
import io.jlayer.http.Patience;
import io.jlayer.http.Proxies;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How registries are asked.
 *
 * @param credentials who we are
 * @param mirrors by registry, where else its images are found, best first: {@code [scheme://]host[:port][/prefix]}
 * @param parallelism blobs that are on their way at once
 * @param http how their servers are reached
 */
public record RegistrySettings(
        Credentials credentials, SortedMap<String, List<String>> mirrors, int parallelism, HttpSettings http) {

    private static final Pattern MIRROR =
            Pattern.compile("(?:https?://)?(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(?::[0-9]{1,5})?(?:/[a-z0-9._/-]*)?");

    /**
     * @throws IllegalArgumentException if a mirror is not one, or nothing may be on its way
     */
    public RegistrySettings {
        SortedMap<String, List<String>> byRegistry = new TreeMap<>();
        mirrors.forEach((registry, list) -> byRegistry.put(Hosts.canonical(registry), List.copyOf(list)));
        mirrors = Collections.unmodifiableSortedMap(byRegistry);
        for (String mirror : mirrors.values().stream().flatMap(List::stream).toList()) {
            if (!MIRROR.matcher(mirror).matches()) {
                throw new IllegalArgumentException(
                        "the mirror '" + mirror + "' is not [scheme://]host[:port][/prefix]");
            }
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("at least one blob must be on its way, not " + parallelism);
        }
    }

    /** Nobody in particular, straight to the registry, by its certificate, four blobs at a time. */
    public static RegistrySettings defaults() {
        return new RegistrySettings(Credentials.NONE, Collections.emptySortedMap(), 4, HttpSettings.DEFAULT);
    }

    public RegistrySettings withCredentials(Credentials other) {
        return new RegistrySettings(other, mirrors, parallelism, http);
    }

    public RegistrySettings withMirrors(SortedMap<String, List<String>> other) {
        return new RegistrySettings(credentials, other, parallelism, http);
    }

    public RegistrySettings withParallelism(int other) {
        return new RegistrySettings(credentials, mirrors, other, http);
    }

    public RegistrySettings withInsecureHosts(Set<String> other) {
        return with(http.withInsecureHosts(other));
    }

    public RegistrySettings withProxies(Proxies other) {
        return with(http.withProxies(other));
    }

    public RegistrySettings withCaBundle(Path other) {
        return with(http.withCaBundle(other));
    }

    public RegistrySettings withOffline(boolean other) {
        return with(http.withOffline(other));
    }

    public RegistrySettings withPatience(Patience other) {
        return with(http.withPatience(other));
    }

    private RegistrySettings with(HttpSettings other) {
        return new RegistrySettings(credentials, mirrors, parallelism, other);
    }
}

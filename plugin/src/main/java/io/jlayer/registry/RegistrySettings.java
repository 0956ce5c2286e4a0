// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How registries are reached.
 *
 * @param credentials who we are
 * @param mirrors by registry, where else its images are found, best first: {@code [scheme://]host[:port][/prefix]}
 * @param insecureHosts {@code host} or {@code host:port} that may talk without TLS, or with any certificate
 * @param proxies what is between
 * @param caBundle certificates in PEM that are believed besides Java's own
 * @param offline whether nothing may be asked at all
 * @param parallelism blobs that are on their way at once
 * @param patience how long to wait
 */
public record RegistrySettings(
        Credentials credentials,
        SortedMap<String, List<String>> mirrors,
        Set<String> insecureHosts,
        Proxies proxies,
        Optional<Path> caBundle,
        boolean offline,
        int parallelism,
        Patience patience) {

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
        insecureHosts = Set.copyOf(insecureHosts);
        if (parallelism < 1) {
            throw new IllegalArgumentException("at least one blob must be on its way, not " + parallelism);
        }
    }

    /** Nobody in particular, straight to the registry, by its certificate, four blobs at a time. */
    public static RegistrySettings defaults() {
        return new RegistrySettings(
                Credentials.NONE,
                Collections.emptySortedMap(),
                Set.of(),
                Proxies.NONE,
                Optional.empty(),
                false,
                4,
                Patience.DEFAULT);
    }

    public RegistrySettings withCredentials(Credentials other) {
        return new RegistrySettings(other, mirrors, insecureHosts, proxies, caBundle, offline, parallelism, patience);
    }

    public RegistrySettings withMirrors(SortedMap<String, List<String>> other) {
        return new RegistrySettings(
                credentials, other, insecureHosts, proxies, caBundle, offline, parallelism, patience);
    }

    public RegistrySettings withInsecureHosts(Set<String> other) {
        return new RegistrySettings(credentials, mirrors, other, proxies, caBundle, offline, parallelism, patience);
    }

    public RegistrySettings withProxies(Proxies other) {
        return new RegistrySettings(
                credentials, mirrors, insecureHosts, other, caBundle, offline, parallelism, patience);
    }

    public RegistrySettings withCaBundle(Path other) {
        return new RegistrySettings(
                credentials, mirrors, insecureHosts, proxies, Optional.of(other), offline, parallelism, patience);
    }

    public RegistrySettings withOffline(boolean other) {
        return new RegistrySettings(
                credentials, mirrors, insecureHosts, proxies, caBundle, other, parallelism, patience);
    }

    public RegistrySettings withParallelism(int other) {
        return new RegistrySettings(credentials, mirrors, insecureHosts, proxies, caBundle, offline, other, patience);
    }

    public RegistrySettings withPatience(Patience other) {
        return new RegistrySettings(
                credentials, mirrors, insecureHosts, proxies, caBundle, offline, parallelism, other);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.http.Hosts;
import io.jlayer.oci.Digest;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Which repository of a registry is known to have a blob, so that another can take it from there. */
final class Origins {

    private record Place(String registry, Digest digest) {}

    private final Map<Place, String> repositories = new ConcurrentHashMap<>();
    private final Set<String> closed = ConcurrentHashMap.newKeySet();

    /** Notes that a repository has a blob; the first that was noted stays. */
    void add(String registry, String repository, Digest digest) {
        repositories.putIfAbsent(new Place(Hosts.canonical(registry), digest), repository);
    }

    /** Notes that nothing can be taken from a repository. */
    void close(String registry, String repository) {
        closed.add(Hosts.canonical(registry) + "/" + repository);
    }

    /** A repository of the registry that has the blob, if one is known. */
    Optional<String> repository(String registry, Digest digest) {
        String host = Hosts.canonical(registry);
        return Optional.ofNullable(repositories.get(new Place(host, digest)))
                .filter(name -> !closed.contains(host + "/" + name));
    }

    /** All repositories of the registry, but {@code except}, that have one of the blobs. */
    NavigableSet<String> repositories(String registry, Iterable<Digest> digests, String except) {
        NavigableSet<String> found = new TreeSet<>();
        digests.forEach(digest -> repository(registry, digest)
                .filter(name -> !name.equals(except))
                .ifPresent(found::add));
        return found;
    }
}

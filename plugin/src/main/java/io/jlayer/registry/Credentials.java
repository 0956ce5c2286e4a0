// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where credentials come from. Safe for many threads. */
@FunctionalInterface
public interface Credentials {

    /** Has none. */
    Credentials NONE = (registry, repository) -> Optional.empty();

    /**
     * The credential for a repository.
     *
     * @param registry host and port, {@code docker.io} for Docker's own
     * @param repository the path in it
     * @throws IOException if a source is broken in a way that its owner must know of
     */
    Optional<Credential> find(String registry, String repository) throws IOException;

    /** Asks one source after the other until one has an answer. */
    static Credentials firstOf(List<Credentials> sources) {
        List<Credentials> all = List.copyOf(sources);
        return (registry, repository) -> {
            for (Credentials source : all) {
                Optional<Credential> found = source.find(registry, repository);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        };
    }
}

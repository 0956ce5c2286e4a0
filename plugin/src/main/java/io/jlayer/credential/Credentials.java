// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import io.jlayer.http.Credential;
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

    /** Where {@link #find} has its answer from, in words for the user; empty if it has none, or nobody said where. */
    default Optional<String> place(String registry, String repository) throws IOException {
        return Optional.empty();
    }

    /** The same source, said to be at a place. */
    static Credentials at(String place, Credentials source) {
        return new Credentials() {
            @Override
            public Optional<Credential> find(String registry, String repository) throws IOException {
                return source.find(registry, repository);
            }

            @Override
            public Optional<String> place(String registry, String repository) throws IOException {
                return find(registry, repository).map(found -> place);
            }
        };
    }

    /** Asks one source after the other until one has an answer. */
    static Credentials firstOf(List<Credentials> sources) {
        List<Credentials> all = List.copyOf(sources);
        return new Credentials() {
            @Override
            public Optional<Credential> find(String registry, String repository) throws IOException {
                for (Credentials source : all) {
                    Optional<Credential> found = source.find(registry, repository);
                    if (found.isPresent()) {
                        return found;
                    }
                }
                return Optional.empty();
            }

            @Override
            public Optional<String> place(String registry, String repository) throws IOException {
                for (Credentials source : all) {
                    if (source.find(registry, repository).isPresent()) {
                        return source.place(registry, repository);
                    }
                }
                return Optional.empty();
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import io.jlayer.http.Credential;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks for each repository once: a helper is a process, and may ask its user for something. */
public final class RememberedCredentials implements Credentials {

    private final Credentials source;
    private final Map<String, Optional<Credential>> known = new HashMap<>();
    private final Map<String, Optional<String>> places = new HashMap<>();

    public RememberedCredentials(Credentials source) {
        this.source = source;
    }

    @Override
    public synchronized Optional<Credential> find(String registry, String repository) throws IOException {
        String key = registry + "/" + repository;
        Optional<Credential> found = known.get(key);
        if (found == null) {
            found = source.find(registry, repository);
            known.put(key, found);
        }
        return found;
    }

    @Override
    public synchronized Optional<String> place(String registry, String repository) throws IOException {
        String key = registry + "/" + repository;
        Optional<String> found = places.get(key);
        if (found == null) {
            found = source.place(registry, repository);
            places.put(key, found);
        }
        return found;
    }
}

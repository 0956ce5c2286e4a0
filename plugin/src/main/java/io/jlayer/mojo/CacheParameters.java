// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.transport.CacheSettings;
import java.util.Map;
import java.util.Optional;

/** {@code <cache>}: where a fleet of machines shares the layers that they pack. */
public final class CacheParameters {

    /** A repository, as {@code registry.example.com/shop/layers}. */
    String registry;

    /** What entries are sealed with, best as {@code env:NAME}; by default what {@code JLAYER_CACHE_KEY} says. */
    String key;

    Optional<CacheSettings> toSettings(Map<String, String> environment) {
        String given = key == null
                ? environment.getOrDefault(CacheSettings.KEY_VARIABLE, "")
                : SecretText.of(key.strip(), environment, "<cache><key>");
        return registry == null ? Optional.empty() : Optional.of(new CacheSettings(registry.strip(), given.strip()));
    }
}

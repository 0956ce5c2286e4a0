// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.build.CacheSettings;
import java.util.Map;
import java.util.Optional;

/** {@code <cache>}: where a fleet of machines shares the layers that they pack. */
public final class CacheParameters {

    /** A repository, as {@code registry.example.com/shop/layers}. */
    String registry;

    /** What entries are sealed with; by default what is in the environment, where nobody logs it. */
    Secret key = new Secret();

    Optional<CacheSettings> toSettings(Map<String, String> environment) {
        String sealed = key.isEmpty() ? environment.getOrDefault(CacheSettings.KEY_VARIABLE, "") : key.reveal();
        return Optional.ofNullable(registry).map(place -> new CacheSettings(place.strip(), sealed.strip()));
    }
}

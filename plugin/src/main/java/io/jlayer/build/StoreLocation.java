// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.nio.file.Path;
import java.util.Map;

/** Where the store is unless the user says otherwise: the place for caches that the XDG base directories name. */
public final class StoreLocation {

    private StoreLocation() {}

    /** {@code $XDG_CACHE_HOME/jlayer}, else {@code .cache/jlayer} in the home directory. */
    public static Path of(Map<String, String> environment, String home) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG specification wants relative paths passed over.
        Path base = !cache.isEmpty() && Path.of(cache).isAbsolute() ? Path.of(cache) : Path.of(home, ".cache");
        return base.resolve("jlayer");
    }
}

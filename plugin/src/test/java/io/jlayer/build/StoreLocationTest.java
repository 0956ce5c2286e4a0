// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreLocationTest {

    @Test
    void isWhereXdgPutsCaches() {
        assertThat(StoreLocation.of(Map.of("XDG_CACHE_HOME", "/var/cache/me"), "/home/me"))
                .isEqualTo(Path.of("/var/cache/me/jlayer"));
        assertThat(StoreLocation.of(Map.of(), "/home/me")).isEqualTo(Path.of("/home/me/.cache/jlayer"));
    }

    @Test
    void emptyAndRelativePathsArePassedOver() {
        assertThat(StoreLocation.of(Map.of("XDG_CACHE_HOME", ""), "/h")).isEqualTo(Path.of("/h/.cache/jlayer"));
        assertThat(StoreLocation.of(Map.of("XDG_CACHE_HOME", "cache"), "/h")).isEqualTo(Path.of("/h/.cache/jlayer"));
    }
}

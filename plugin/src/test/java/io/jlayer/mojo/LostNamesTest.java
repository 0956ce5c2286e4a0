// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.error.UserError;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What Java makes of names of which it cannot read all. */
class LostNamesTest {

    private static final String LOST = "/srv/j\uFFFD\uFFFDrgen";

    private static void refused(String what, ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("in this locale Java cannot read all letters of " + what)
                .hasMessageContaining("/srv/j??rgen (LC_ALL, LC_CTYPE or LANG)")
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void settingsOfTheCommandLine() {
        Properties properties = new Properties();
        properties.setProperty("other", LOST);
        properties.setProperty("jlayer.image", "oci:/srv/j\u00fcrgen");
        assertThatCode(() -> LostNames.checkSettings(properties)).doesNotThrowAnyException();
        properties.setProperty("jlayer.store", LOST);
        refused("-Djlayer.store:", () -> LostNames.checkSettings(properties));
    }

    @Test
    void theStoreOfTheUser() {
        refused("the home directory", () -> LostNames.checkStore(Map.of(), LOST));
        refused("XDG_CACHE_HOME", () -> LostNames.checkStore(Map.of("XDG_CACHE_HOME", LOST), "/root"));
        assertThatCode(() -> LostNames.checkStore(Map.of("XDG_CACHE_HOME", "/c"), LOST))
                .doesNotThrowAnyException();
    }

    @Test
    void theDirectory() {
        refused("the directory that Maven runs in", () -> LostNames.checkDirectory(LOST));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileNames;
import io.jlayer.error.UserError;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Notices names that Java could not read, since the locale has no letters for them: by what is left of them another file
 * would be looked for, or made. What the POM says is read as UTF-8 in every locale.
 */
final class LostNames {

    private LostNames() {}

    /**
     * Looks at all that the goal takes from the command line.
     *
     * @throws UserError if something was lost
     */
    static void checkSettings(Properties properties) {
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (name.startsWith(CommandLine.PREFIX)) {
                check("-D" + name, properties.getProperty(name));
            }
        }
    }

    /** Looks at where the store is unless a setting says so. */
    static void checkStore(Map<String, String> environment, String home) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        check(cache.isEmpty() ? "the home directory" : "XDG_CACHE_HOME", cache.isEmpty() ? home : cache);
    }

    /** Looks at the directory in which Maven runs, where Maven may have found no project since it could not read the name. */
    static void checkDirectory(String directory) {
        check("the directory that Maven runs in", directory);
    }

    private static void check(String what, String text) {
        if (FileNames.isLost(text)) {
            throw new UserError(
                    "in this locale Java cannot read all letters of " + what + ": it sees "
                            + text.replace('\uFFFD', '?'),
                    "LC_ALL, LC_CTYPE or LANG",
                    "set a locale of UTF-8, as LC_ALL=C.UTF-8, and run Maven again");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The name of a library without the versions in it: {@code foo-#-linux.jar} of {@code foo-1.0-SNAPSHOT-linux.jar}. */
final class NameShape {

    private static final List<String> ARCHIVES = List.of(".jar", ".war", ".ear", ".zip");
    private static final String SHARED_OBJECT = ".so.";
    private static final String VERSION = "#";

    /** Words that belong to a version, before the digits that some have. */
    private static final Set<String> QUALIFIERS = Set.of(
            "snapshot",
            "release",
            "final",
            "ga",
            "jre",
            "android",
            "rc",
            "cr",
            "m",
            "sp",
            "alpha",
            "beta",
            "milestone");

    private NameShape() {}

    /** The shape of a name; empty if it is none of a library with a version. */
    static Optional<String> of(String name) {
        int shared = name.indexOf(SHARED_OBJECT);
        if (shared > 0 && Character.isDigit(name.charAt(name.length() - 1))) {
            return Optional.of(name.substring(0, shared + SHARED_OBJECT.length()) + VERSION);
        }
        if (!isArchive(name)) {
            return Optional.empty();
        }
        int dot = name.lastIndexOf('.');
        StringBuilder shape = new StringBuilder();
        boolean versioned = false;
        boolean inVersion = false;
        for (String word : name.substring(0, dot).split("-", -1)) {
            boolean version = beginsWithDigit(word) || (inVersion && isQualifier(word));
            if (!version || !inVersion) {
                shape.append(version ? VERSION : word).append('-');
            }
            inVersion = version;
            versioned |= version;
        }
        return versioned ? Optional.of(shape + name.substring(dot)) : Optional.empty();
    }

    /** Whether a file of this name is a zip with files in it. */
    static boolean isArchive(String name) {
        return ARCHIVES.stream().anyMatch(name::endsWith);
    }

    private static boolean beginsWithDigit(String word) {
        return !word.isEmpty() && Character.isDigit(word.charAt(0));
    }

    private static boolean isQualifier(String word) {
        int letters = 0;
        while (letters < word.length() && Character.isLetter(word.charAt(letters))) {
            letters++;
        }
        return QUALIFIERS.contains(word.substring(0, letters).toLowerCase(Locale.ROOT));
    }
}

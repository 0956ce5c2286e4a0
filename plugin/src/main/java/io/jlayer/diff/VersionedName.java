// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

/** Names that end in a version, as layers of dependencies have them: {@code org.hibernate 6.6.33.Final}. */
final class VersionedName {

    private VersionedName() {}

    /** Both names, what they begin with alike only once: {@code byte-buddy 1.17.7 -> 1.17.8}. */
    static String both(String old, String now) {
        if (old.equals(now)) {
            return now;
        }
        int space = old.lastIndexOf(' ') + 1;
        boolean alike = space > 0 && now.length() > space && now.startsWith(old.substring(0, space));
        return old + " -> " + (alike ? now.substring(space) : now);
    }

    /** A name without the version at its end: {@code org.hibernate} of {@code org.hibernate 6.6.33.Final}. */
    static String withoutVersion(String name) {
        int space = name.lastIndexOf(' ');
        boolean version = space > 0 && space + 1 < name.length() && Character.isDigit(name.charAt(space + 1));
        return version ? name.substring(0, space) : name;
    }
}

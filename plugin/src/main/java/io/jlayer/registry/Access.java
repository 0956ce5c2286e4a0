// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is to be done in a registry, in the words in which a token is asked for.
 *
 * @param repository on whose behalf credentials are looked up
 * @param scopes what is needed
 * @param wishes what would help, but may be refused
 * @param anonymousFirst whether to say who we are only when nobody in particular is refused
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">token scope documentation</a>
 */
record Access(String repository, SortedSet<String> scopes, SortedSet<String> wishes, boolean anonymousFirst) {

    static Access pull(String repository) {
        return new Access(repository, one(scope(repository, "pull")), Collections.emptySortedSet(), true);
    }

    /** To push, and to mount from other repositories where that is allowed. */
    static Access push(String repository, Iterable<String> mountedFrom) {
        SortedSet<String> wishes = new TreeSet<>();
        mountedFrom.forEach(other -> wishes.add(scope(other, "pull")));
        return new Access(repository, one(scope(repository, "pull,push")), wishes, false);
    }

    private static String scope(String repository, String actions) {
        return "repository:" + repository + ":" + actions;
    }

    private static SortedSet<String> one(String scope) {
        SortedSet<String> scopes = new TreeSet<>();
        scopes.add(scope);
        return scopes;
    }

    /** All scopes, and what a challenge named if that is about something else. */
    SortedSet<String> scopesWith(String challenged) {
        SortedSet<String> all = new TreeSet<>(scopes);
        all.addAll(wishes);
        for (String scope : challenged.split("\\s+", -1)) {
            String about = scope.substring(0, scope.lastIndexOf(':') + 1);
            if (!about.isEmpty() && all.stream().noneMatch(known -> known.startsWith(about))) {
                all.add(scope);
            }
        }
        return all;
    }
}

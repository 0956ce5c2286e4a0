// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.plexus.util.MatchPatterns;

/**
 * Which files below a directory are meant, by patterns as Maven's plugins have them.
 *
 * @param includes patterns of paths; none means all
 * @param excludes patterns of paths that are left out
 */
public record FilePatterns(List<String> includes, List<String> excludes) {

    /** No file is left out. */
    public static final FilePatterns ALL = new FilePatterns(List.of(), List.of());

    public FilePatterns {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** The patterns, ready to be asked many times. */
    public Choice choice() {
        return equals(ALL)
                ? Choice.ALL
                : new Choice(patterns(includes.isEmpty() ? List.of("**") : includes), patterns(excludes));
    }

    /** As in plugins, a directory stands for all in it. */
    private static MatchPatterns patterns(List<String> patterns) {
        List<String> all = new ArrayList<>();
        for (String pattern : patterns) {
            String whole = pattern.strip() + (pattern.strip().endsWith("/") ? "**" : "");
            all.add(whole.replace('/', File.separatorChar));
        }
        return MatchPatterns.from(all);
    }

    /** Decides file by file. */
    public static final class Choice {

        private static final Choice ALL = new Choice(null, null);

        private final MatchPatterns includes;
        private final MatchPatterns excludes;

        private Choice(MatchPatterns includes, MatchPatterns excludes) {
            this.includes = includes;
            this.excludes = excludes;
        }

        /** Whether what has this path below the directory, with slashes, is meant. */
        public boolean holds(String path) {
            if (includes == null) {
                return true;
            }
            String name = path.replace('/', File.separatorChar);
            return includes.matches(name, true) && !excludes.matches(name, true);
        }
    }
}

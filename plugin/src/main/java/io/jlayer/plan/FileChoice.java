// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.project.FilePatterns;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.plexus.util.MatchPatterns;

/** Decides by patterns, file by file. Where all are meant, as nearly always, no pattern is looked at. */
final class FileChoice {

    private final MatchPatterns includes;
    private final MatchPatterns excludes;

    FileChoice(FilePatterns patterns) {
        boolean all = patterns.meanAll();
        this.includes = all ? null : read(patterns.includes().isEmpty() ? List.of("**") : patterns.includes());
        this.excludes = all ? null : read(patterns.excludes());
    }

    /** As in plugins, a directory stands for all in it. */
    private static MatchPatterns read(List<String> patterns) {
        List<String> all = new ArrayList<>();
        for (String pattern : patterns) {
            String whole = pattern.strip() + (pattern.strip().endsWith("/") ? "**" : "");
            all.add(whole.replace('/', File.separatorChar));
        }
        return MatchPatterns.from(all);
    }

    /** Whether what has this path below the directory, with slashes, is meant. */
    boolean holds(String path) {
        if (includes == null) {
            return true;
        }
        String name = path.replace('/', File.separatorChar);
        return includes.matches(name, true) && !excludes.matches(name, true);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import java.util.List;

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

    /** Whether no file is left out. Cheaper than to compare with {@link #ALL}, which a cold machine must link first. */
    public boolean meanAll() {
        return includes.isEmpty() && excludes.isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jlayer.blob.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The directories where a host's loader looks for libraries: those that are built into the loaders of distributions first,
 * then those that its configuration names.
 *
 * <p>The loader itself looks at the configured ones first. Here the distribution's own files are preferred to what a person
 * put beside them, since an image should depend on the distribution and little else.
 */
final class LoaderPath {

    private static final String CONFIGURATION = "etc/ld.so.conf";
    /** An included file may include others; a circle ends here. */
    private static final int DEEPEST = 8;

    private static final int LARGEST = 1 << 20;

    private final Path root;
    private final Set<Path> directories = new LinkedHashSet<>();
    private final List<Path> files = new ArrayList<>();

    private LoaderPath(Path root) {
        this.root = root;
    }

    /** The directories of a host whose file system begins at {@code root}; only those that exist, without doubles. */
    static LoaderPath of(Path root, int machine) throws IOException {
        LoaderPath path = new LoaderPath(root);
        String triplet = triplet(machine);
        for (String name : List.of("usr/lib/" + triplet, "lib/" + triplet, "usr/lib64", "lib64", "usr/lib", "lib")) {
            path.add(name);
        }
        path.read(root.resolve(CONFIGURATION), 0);
        return path;
    }

    List<Path> directories() {
        return List.copyOf(directories);
    }

    /** The files that were read to know them. */
    List<Path> files() {
        return List.copyOf(files);
    }

    /** Debian's name for what a machine's programs need; other distributions do without one. */
    private static String triplet(int machine) {
        return switch (machine) {
            case 3 -> "i386-linux-gnu";
            case 21 -> "powerpc64le-linux-gnu";
            case 22 -> "s390x-linux-gnu";
            case 40 -> "arm-linux-gnueabihf";
            case 62 -> "x86_64-linux-gnu";
            case 183 -> "aarch64-linux-gnu";
            case 243 -> "riscv64-linux-gnu";
            case 258 -> "loongarch64-linux-gnu";
            default -> "unknown";
        };
    }

    private void add(String name) {
        Path directory = root.resolve(name.replaceFirst("^/+", ""));
        if (Files.isDirectory(directory)) {
            directories.add(directory);
        }
    }

    private void read(Path configuration, int depth) throws IOException {
        if (depth > DEEPEST || !Files.isRegularFile(configuration) || Files.size(configuration) > LARGEST) {
            return;
        }
        files.add(configuration);
        // Bytes as they are: a comment may be in any encoding.
        for (String line : Files.readAllLines(configuration, ISO_8859_1)) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith("include ") || text.startsWith("include\t")) {
                include(configuration, text.substring("include".length()).strip(), depth);
            } else if (text.startsWith("/")) {
                add(text.replaceFirst("\\s*[=:,].*", ""));
            }
        }
    }

    private void include(Path configuration, String pattern, int depth) throws IOException {
        Path named =
                pattern.startsWith("/") ? root.resolve(pattern.substring(1)) : configuration.resolveSibling(pattern);
        if (!Files.isDirectory(named.getParent())) {
            return;
        }
        List<Path> included;
        try {
            included = Listing.matching(named.getParent(), named.getFileName().toString());
        } catch (IllegalArgumentException e) {
            return; // not a pattern; the loader would find nothing either
        }
        for (Path file : included) {
            read(file, depth + 1);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.blob.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads which commit a directory's git checkout stands at, without git: a few small files say it. */
public final class GitHead {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private GitHead() {}

    /** The commit, if the directory is in a checkout that has one; what cannot be read counts as none. */
    public static Optional<String> commit(Path directory) {
        try {
            for (Path at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
                Path dotGit = at.resolve(".git");
                if (Files.exists(dotGit)) {
                    return commitOf(gitDirectory(dotGit));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** In linked work trees and submodules {@code .git} is a file that names the directory. */
    private static Path gitDirectory(Path dotGit) throws IOException {
        if (Files.isDirectory(dotGit)) {
            return dotGit;
        }
        String line = Files.readString(dotGit).strip();
        return dotGit.resolveSibling(line.substring(line.indexOf(':') + 1).strip());
    }

    private static Optional<String> commitOf(Path git) throws IOException {
        String head = Files.readString(git.resolve("HEAD")).strip();
        if (!head.startsWith("ref:")) {
            return Optional.of(head).filter(text -> COMMIT.matcher(text).matches());
        }
        String ref = head.substring("ref:".length()).strip();
        Path common = git;
        if (Files.exists(git.resolve("commondir"))) {
            common = git.resolve(Files.readString(git.resolve("commondir")).strip());
        }
        for (Path place : List.of(git, common)) {
            if (Files.exists(FileNames.resolve(place, ref))) {
                return Optional.of(
                                Files.readString(FileNames.resolve(place, ref)).strip())
                        .filter(text -> COMMIT.matcher(text).matches());
            }
        }
        Path packed = common.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(packed)) {
            return lines.filter(line -> line.endsWith(" " + ref))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .filter(text -> COMMIT.matcher(text).matches())
                    .findFirst();
        }
    }
}

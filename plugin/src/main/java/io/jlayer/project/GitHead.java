// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
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
        return dotGit.resolveSibling(
                FileNames.of(line.substring(line.indexOf(':') + 1).strip()));
    }

    /** A name is bytes to git, in whatever encoding, so each byte is a character here. */
    private static String read(Path file) throws IOException {
        return Files.readString(file, ISO_8859_1).strip();
    }

    private static Optional<String> commitOf(Path git) throws IOException {
        String head = read(git.resolve("HEAD"));
        if (!head.startsWith("ref:")) {
            return Optional.of(head).filter(text -> COMMIT.matcher(text).matches());
        }
        String ref = head.substring("ref:".length()).strip();
        Path common = git;
        if (Files.exists(git.resolve("commondir"))) {
            common = FileNames.resolve(
                    git, Files.readString(git.resolve("commondir")).strip());
        }
        String path = new String(ref.getBytes(ISO_8859_1), UTF_8);
        for (Path place : List.of(git, common)) {
            if (Files.exists(FileNames.resolve(place, path))) {
                return Optional.of(read(FileNames.resolve(place, path)))
                        .filter(text -> COMMIT.matcher(text).matches());
            }
        }
        Path packed = common.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(packed, ISO_8859_1)) {
            return lines.filter(line -> line.endsWith(" " + ref))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .filter(text -> COMMIT.matcher(text).matches())
                    .findFirst();
        }
    }
}

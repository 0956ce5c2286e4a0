// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileNames;
import io.jlayer.house.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHeadTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path directory;

    private void write(String path, String text) throws IOException {
        Path file = FileNames.resolve(directory, path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aBranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", COMMIT + "\n");
        assertThat(GitHead.commit(directory)).hasValue(COMMIT);
        assertThat(GitHead.commit(Files.createDirectories(directory.resolve("a/b"))))
                .hasValue(COMMIT);
    }

    @Test
    void aPackedBranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(
                ".git/packed-refs",
                "# pack-refs with: peeled\n" + "f".repeat(40) + " refs/heads/other/refs/heads/main\n" + COMMIT
                        + " refs/heads/main\n^" + "e".repeat(40) + "\n");
        assertThat(GitHead.commit(directory)).hasValue(COMMIT);
    }

    @Test
    void namesOfRefsAreBytesInAnyEncoding() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        Path packed = directory.resolve(".git/packed-refs");
        String lines = "f".repeat(40) + " refs/heads/m\u00fcller\n" + COMMIT + " refs/heads/main\n";
        Files.writeString(packed, lines, ISO_8859_1);
        assertThat(GitHead.commit(directory)).hasValue(COMMIT);
        Files.writeString(directory.resolve(".git/HEAD"), "ref: refs/heads/m\u00fcller\n", ISO_8859_1);
        assertThat(GitHead.commit(directory)).hasValue("f".repeat(40));

        write(".git/HEAD", "ref: refs/heads/\u00e4nderung\n");
        write(".git/refs/heads/\u00e4nderung", COMMIT + "\n");
        assertThat(GitHead.commit(directory)).hasValue(COMMIT);
        write(".git/HEAD", "ref: refs/heads/\0\n");
        assertThat(GitHead.commit(directory)).isEmpty();
    }

    @Test
    void aCommitWithoutABranch() throws IOException {
        write(".git/HEAD", COMMIT + "\n");
        assertThat(GitHead.commit(directory)).hasValue(COMMIT);
    }

    @Test
    void nothingWhereThereIsNoCommitOrNoSense() throws IOException {
        assertThat(GitHead.commit(Path.of("/"))).isEmpty();
        write(".git/HEAD", "ref: refs/heads/main\n");
        assertThat(GitHead.commit(directory)).isEmpty();
        write(".git/HEAD", "<html>");
        assertThat(GitHead.commit(directory)).isEmpty();
        Files.delete(directory.resolve(".git/HEAD"));
        assertThat(GitHead.commit(directory)).isEmpty();
    }

    @Test
    void asGitItselfSays() throws Exception {
        Programs.assumeInstalled("git");
        Path main = Files.createDirectory(directory.resolve("main"));
        Programs.run(main, "git", "init", "-q");
        Programs.run(
                main, "git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "one");
        String commit = Programs.run(main, "git", "rev-parse", "HEAD").strip();
        assertThat(GitHead.commit(main)).hasValue(commit);
        Programs.run(main, "git", "worktree", "add", "-q", "-b", "branch", "../linked");
        assertThat(GitHead.commit(directory.resolve("linked"))).hasValue(commit);
        Programs.run(main, "git", "pack-refs", "--all");
        assertThat(GitHead.commit(main)).hasValue(commit);
        assertThat(GitHead.commit(directory.resolve("linked"))).hasValue(commit);
    }
}

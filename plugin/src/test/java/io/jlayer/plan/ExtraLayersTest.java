// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.layer.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtraLayersTest {

    @TempDir
    Path directory;

    private Path files;

    @BeforeEach
    void someFiles() throws IOException {
        files = Files.createDirectories(directory.resolve("files"));
        Files.createDirectories(files.resolve("bin"));
        Files.writeString(files.resolve("bin/run.sh"), "x").toFile().setExecutable(true, true);
        Files.writeString(files.resolve("bin/notes.txt"), "x");
        Files.createSymbolicLink(files.resolve("bin/start"), Path.of("run.sh"));
        Files.createSymbolicLink(files.resolve("nowhere"), Path.of("/not/here"));
        Files.createDirectories(files.resolve("empty"));
    }

    private final List<String> warnings = new ArrayList<>();

    private static ExtraLayer.FileSet set(
            Path from, String into, List<String> includes, List<String> excludes, String mode, String owner) {
        return ExtraLayer.FileSet.of(from, into, includes, excludes, mode, "0750", owner);
    }

    private List<String> planned(ExtraLayer.FileSet... sets) throws IOException {
        return planned(List.of(sets), directory.resolve("none")).get(0);
    }

    private List<List<String>> planned(List<ExtraLayer.FileSet> sets, Path filesForRoot) throws IOException {
        Store store = Store.open(directory.resolve("store"));
        FileDigests digests = FileDigests.open(store, directory);
        List<List<String>> planned = new ArrayList<>();
        for (PlannedLayer layer : new ExtraLayers(digests, warnings::add)
                .plan(List.of(new ExtraLayer("more", sets, List.of())), filesForRoot)) {
            planned.add(layer.spec().entries().stream()
                    .map(entry ->
                            shown(entry) + (layer.intoIfDirectory().contains(entry.path()) ? " if a directory" : ""))
                    .toList());
        }
        return planned;
    }

    private static String shown(FileEntry entry) {
        if (entry instanceof FileEntry.Regular file) {
            return "%s %o %d:%d"
                    .formatted(
                            file.path(),
                            file.metadata().mode(),
                            file.metadata().uid(),
                            file.metadata().gid());
        } else if (entry instanceof FileEntry.Directory at) {
            return "%s/ %o %d:%d"
                    .formatted(
                            at.path(),
                            at.metadata().mode(),
                            at.metadata().uid(),
                            at.metadata().gid());
        }
        return entry.path() + " -> " + ((FileEntry.Symlink) entry).target();
    }

    @Test
    void aDirectoryIsLaidOutWithItsLinks() throws IOException {
        assertThat(planned(set(files, "/opt", List.of(), List.of(), null, "0:0")))
                .containsExactly(
                        "/opt/ 750 0:0",
                        "/opt/bin/ 750 0:0",
                        "/opt/bin/notes.txt 644 0:0",
                        "/opt/bin/run.sh 755 0:0",
                        "/opt/bin/start -> run.sh",
                        "/opt/empty/ 750 0:0",
                        "/opt/nowhere -> /not/here");
    }

    @Test
    void patternsChoose() throws IOException {
        assertThat(planned(set(files, "/", List.of("bin/**"), List.of("**/*.txt"), null, "0:0")))
                .containsExactly("/bin/ 750 0:0", "/bin/run.sh 755 0:0", "/bin/start -> run.sh");
    }

    @Test
    void aSingleFileGoesToAPathOrIntoADirectory() throws IOException {
        Path file = files.resolve("bin/notes.txt");
        assertThat(planned(set(file, "/etc/motd", List.of(), List.of(), "0600", "7")))
                .containsExactly("/etc/motd/notes.txt 600 7:7 if a directory");
        assertThat(planned(set(file, "/etc/", List.of(), List.of(), "4755", "7:8")))
                .containsExactly("/etc/notes.txt 4755 7:8");
        assertThat(planned(set(files.resolve("bin/start"), "/start", List.of(), List.of(), null, "0:0")))
                .containsExactly("/start/start 755 0:0 if a directory");
    }

    @Test
    void twoSetsMayShareADirectory() throws IOException {
        assertThat(planned(
                        set(files, "/", List.of("bin/*.sh", "bin"), List.of(), null, "0:0"),
                        set(files, "/", List.of("bin/*.txt", "bin"), List.of(), null, "9:9")))
                .containsExactly("/bin/ 750 0:0", "/bin/notes.txt 644 9:9", "/bin/run.sh 755 0:0");
    }

    @Test
    void filesForTheRootLieBelowTheOthers() throws IOException {
        assertThat(planned(List.of(), files))
                .hasSize(2)
                .element(0)
                .asString()
                .contains("/bin/run.sh 755 0:0", "/bin/ 755 0:0");
    }

    @Test
    void onlyTheOwnersRightToRunCounts() throws IOException {
        files.resolve("bin/run.sh").toFile().setExecutable(true, false);
        files.resolve("bin/notes.txt").toFile().setReadable(false, false);
        files.resolve("bin/notes.txt").toFile().setReadable(true, true);
        assertThat(planned(set(files, "/", List.of("bin/*.*"), List.of(), null, "0:0")))
                .containsExactly("/bin/notes.txt 644 0:0", "/bin/run.sh 755 0:0");
    }

    @Test
    void whatCannotBeIsRefused() {
        refused("'../etc' has '..' in it, which could lead out of the image (<into>)", "../etc", "0644", "0");
        refused("'rw-' is not a file mode (<mode>)", "/", "rw-", "0");
        refused("'888' is not a file mode (<mode>)", "/", "888", "0");
        refused("'root' is not an owner (<owner>)", "/", "0644", "root");
        refused("'1:2:3' is not an owner (<owner>)", "/", "0644", "1:2:3");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> set(null, "/", List.of(), List.of(), null, "0"))
                .withMessageContaining("a <file> has no <from> (<layers>)");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> ExtraLayer.Link.of("/a/../b", "x"))
                .withMessageContaining("(<at>)");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> ExtraLayer.Link.of("/a", null))
                .withMessageContaining("a <link> lacks <at> or <to>");
    }

    private void refused(String message, String into, String mode, String owner) {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> set(files, into, List.of(), List.of(), mode, owner))
                .withMessageStartingWith(message);
    }

    @Test
    void patternsThatLeaveNothingAreWarnedOf() throws IOException {
        planned(set(files, "/opt", List.of("bin/*"), List.of(), null, "0:0"));
        assertThat(warnings).isEmpty();
        planned(set(files, "/opt", List.of("*.yaml"), List.of(), null, "0:0"));
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("layer 'more': nothing below " + files, "<includes> [*.yaml]");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of this holds in whatever locale the tests run. */
class FileNamesTest {

    @TempDir
    Path directory;

    /** A path whose last byte begins a character of UTF-8 that does not go on. */
    private Path notText() {
        assumeTrue(File.separatorChar == '/', "needs file names that are bytes");
        return Path.of(URI.create(directory.toUri() + "caf%C3"));
    }

    @Test
    void textBecomesAPathAndTextAgain() {
        for (String text : new String[] {
            "plain", "", "/", "/\u00fc", "\u00fc/../\u0151", "../\ud83d\ude00 %41", "a/b", "\u00fc %C3%BC"
        }) {
            assertThat(FileNames.text(FileNames.of(text))).isEqualTo(text);
            assertThat(FileNames.of(text).isAbsolute()).isEqualTo(text.startsWith("/"));
        }
        assertThat(FileNames.text(FileNames.of("\u00fc//b/"))).isEqualTo("\u00fc/b");
        assertThat(FileNames.resolve(directory, "/\u00fc")).isEqualTo(FileNames.of("/\u00fc"));
    }

    @Test
    void whatNoFileCanBeCalledIsRefused() {
        for (String text : new String[] {"\u00fc\0", "\ud83d alone"}) {
            assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> FileNames.of(text));
        }
    }

    @Test
    void filesAreFoundAndNamed() throws IOException {
        Path file = FileNames.resolve(directory, "\u00fc/\u0151");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        try (var files = Files.newDirectoryStream(file.getParent())) {
            assertThat(files).allSatisfy(found -> {
                assertThat(FileNames.name(found)).isEqualTo("\u0151");
                assertThat(FileNames.below(directory, found)).isEqualTo("\u00fc/\u0151");
                assertThat(FileBytes.open(found)).hasContent("x");
                assertThat(FileNames.ofKey(FileNames.key(found))).isEqualTo(file);
                assertThat(FileNames.ofUri(FileNames.uri(file.getParent()))).isEqualTo(file.getParent());
            });
        }
        assertThat(FileNames.key(file)).isEqualTo(FileNames.text(file));
    }

    @Test
    void whatIsNoTextHasAKeyAndAnEscapedName() throws IOException {
        Path path = notText();
        Path other = path.resolveSibling(Path.of(URI.create("file:///caf%C4")).getFileName());
        assertThat(FileNames.key(path)).isNotEqualTo(FileNames.key(other));
        assertThat(FileNames.ofKey(FileNames.key(path))).isEqualTo(path);
        assertThat(FileNames.text(path)).endsWith("caf\uFFFD");
        assertThatExceptionOfType(FileNames.NotUtf8Exception.class)
                .isThrownBy(() -> FileNames.name(path))
                .withMessage("the name of " + directory + "/caf\\xC3 is not UTF-8, as all names in images are");
        Path link = Files.createSymbolicLink(directory.resolve("link"), path.getFileName());
        assertThatExceptionOfType(FileNames.NotUtf8Exception.class)
                .isThrownBy(() -> FileNames.target(link))
                .withMessageContaining("link leads, caf\\xC3, is not UTF-8");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarArchiveTest {

    @TempDir
    Path directory;

    @Test
    void linkWithANameThatNoFileCanHaveLeadsNowhere() throws IOException {
        Path file = directory.resolve("odd.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file), UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            link(tar, "nul", "a\0" + "b".repeat(120));
            link(tar, "good", "./there");
            TarArchiveEntry there = new TarArchiveEntry("there");
            there.setSize(1);
            tar.putArchiveEntry(there);
            tar.write('x');
            tar.closeArchiveEntry();
        }
        try (TarArchive archive = TarArchive.open(file)) {
            assertThat(archive.has("nul")).isFalse();
            assertThat(archive.has("none")).isFalse();
            assertThat(archive.read("good", 10)).isEqualTo(new byte[] {'x'});
        }
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) throws IOException {
        TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        link.setLinkName(target);
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLibrariesTest {

    private static final String MULTIARCH = "usr/lib/x86_64-linux-gnu";

    @TempDir
    Path root;

    @BeforeEach
    void layOutTheCLibrary() throws IOException {
        library(MULTIARCH + "/libc.so.6", "ld-linux-x86-64.so.2");
        library(MULTIARCH + "/ld-linux-x86-64.so.2");
    }

    private Path library(String path, String... needs) throws IOException {
        return new ElfBuilder(ElfBuilder.X86_64).needs(needs).write(root.resolve(path));
    }

    private static RuntimeNeeds needs(List<String> required, List<String> optional) {
        return new RuntimeNeeds(true, ElfBuilder.X86_64, "/lib64/ld-linux-x86-64.so.2", required, optional, false);
    }

    private HostLibraries find(List<String> required, List<String> optional) throws IOException {
        return HostLibraries.find(root, needs(required, optional));
    }

    @Test
    void whatALibraryNeedsComesWithIt() throws IOException {
        library("usr/lib/liba.so.1", "libb.so.1");
        library(MULTIARCH + "/libb.so.1", "libc.so.6");
        HostLibraries found = find(List.of("libc.so.6", "liba.so.1"), List.of());
        assertThat(found.files())
                .containsOnlyKeys("liba.so.1", "libb.so.1", "libc.so.6", "ld-linux-x86-64.so.2")
                .containsEntry("liba.so.1", root.resolve("usr/lib/liba.so.1"));
        assertThat(found.mainDirectory()).isEqualTo(root.resolve(MULTIARCH));
    }

    @Test
    void aMissingLibraryIsNamed() throws IOException {
        library(MULTIARCH + "/liba.so.1", "libgone.so.3");
        assertThatThrownBy(() -> find(List.of("libc.so.6", "liba.so.1"), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("find libgone.so.3");
    }

    @Test
    void anOptionalLibraryMayBeMissing() throws IOException {
        assertThat(find(List.of("libc.so.6"), List.of("libgone.so.3")).files()).doesNotContainKey("libgone.so.3");
    }

    @Test
    void allOfTheCLibraryComesThatIsThereThoughNoProgramOfTheJdkNeedsIt() throws IOException {
        List<String> family = List.of("libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libm.so.6");
        for (String name : family) {
            library(MULTIARCH + "/" + name, "libc.so.6");
        }
        Path java = new ElfBuilder(ElfBuilder.X86_64).needs("libc.so.6").write(root.resolve("java"));
        RuntimeNeeds needs = RuntimeNeeds.of(ElfFile.read(java).orElseThrow(), List.of("libc.so.6"), List.of(), false);
        assertThat(HostLibraries.find(root, needs).files())
                .containsKeys(family.toArray(String[]::new))
                .hasSize(family.size() + 2);
    }

    @Test
    void aLibraryForAnotherMachineIsPassedOver() throws IOException {
        new ElfBuilder(ElfBuilder.AARCH64).write(root.resolve(MULTIARCH + "/liba.so.1"));
        Path right = library("usr/lib64/liba.so.1");
        assertThat(find(List.of("libc.so.6", "liba.so.1"), List.of()).files()).containsEntry("liba.so.1", right);
    }

    @Test
    void configuredDirectoriesComeAfterTheDistributions() throws IOException {
        Path own = library(MULTIARCH + "/liba.so.1");
        library("opt/vendor/lib/liba.so.1");
        Path vendor = library("opt/vendor/lib/libv.so.1");
        Files.createDirectories(root.resolve("etc/ld.so.conf.d"));
        Files.writeString(
                root.resolve("etc/ld.so.conf"), "# ours\ninclude ld.so.conf.d/*.conf\ninclude /etc/ld.so.conf\n");
        Files.writeString(root.resolve("etc/ld.so.conf.d/vendor.conf"), "/opt/vendor/lib # theirs\n/not/there\n");
        HostLibraries found = find(List.of("libc.so.6", "liba.so.1", "libv.so.1"), List.of());
        assertThat(found.files()).containsEntry("liba.so.1", own).containsEntry("libv.so.1", vendor);
    }

    @Test
    void aLibraryMayBringItsOwnDirectory() throws IOException {
        new ElfBuilder(ElfBuilder.X86_64)
                .needs("libinner.so")
                .runPath("$ORIGIN/inner")
                .write(root.resolve(MULTIARCH + "/libouter.so.1"));
        Path inner = library(MULTIARCH + "/inner/libinner.so");
        assertThat(find(List.of("libc.so.6", "libouter.so.1"), List.of()).files())
                .containsEntry("libinner.so", inner);
    }

    @Test
    void namesThatArePathsAreNotFollowed() throws IOException {
        library("secret.so");
        assertThat(find(List.of("libc.so.6"), List.of("../../../secret.so")).files())
                .containsOnlyKeys("libc.so.6", "ld-linux-x86-64.so.2");
    }
}

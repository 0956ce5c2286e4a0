// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {

    private static final byte[] SAMPLE = new ElfBuilder(ElfBuilder.X86_64)
            .interpreter("/lib64/ld-linux-x86-64.so.2")
            .needs("libjli.so", "libc.so.6")
            .runPath("$ORIGIN/../lib:$ORIGIN")
            .toBytes();

    @TempDir
    Path directory;

    private ElfFile read(byte[] bytes) throws IOException {
        return ElfFile.read(Files.write(directory.resolve("file"), bytes)).orElseThrow();
    }

    @Test
    void readsWhatTheLoaderReads() throws IOException {
        ElfFile elf = read(SAMPLE);
        assertThat(elf.wide()).isTrue();
        assertThat(elf.machine()).isEqualTo(ElfBuilder.X86_64);
        assertThat(elf.interpreter()).contains("/lib64/ld-linux-x86-64.so.2");
        assertThat(elf.needed()).containsExactly("libjli.so", "libc.so.6");
        assertThat(elf.searchPath()).containsExactly("$ORIGIN/../lib", "$ORIGIN");
    }

    @Test
    void otherFilesAreNone() throws IOException {
        assertThat(ElfFile.read(Files.write(directory.resolve("empty"), new byte[0])))
                .isEmpty();
        assertThat(ElfFile.read(Files.writeString(directory.resolve("script"), "#!/bin/sh\necho a script\n")))
                .isEmpty();
    }

    @Test
    void aFileThatIsCutOffIsNamed() {
        byte[] half = Arrays.copyOf(SAMPLE, SAMPLE.length / 2);
        assertThatThrownBy(() -> read(half))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.resolve("file").toString())
                .hasMessageContaining("damaged ELF file");
    }

    @Test
    void noLengthGivesMoreThanAnIoException() {
        for (int length = 16; length < SAMPLE.length; length++) {
            assertReadsOrFailsPlainly(Arrays.copyOf(SAMPLE, length));
        }
    }

    @Test
    void noDamageGivesMoreThanAnIoException() {
        Random random = new Random(42);
        for (int round = 0; round < 1500; round++) {
            byte[] damaged = SAMPLE.clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = 4 + random.nextInt(damaged.length - 4);
                damaged[at] =
                        random.nextBoolean() ? (byte) random.nextInt() : (byte) (random.nextBoolean() ? 0xff : 0x7f);
            }
            assertReadsOrFailsPlainly(damaged);
        }
    }

    private void assertReadsOrFailsPlainly(byte[] bytes) {
        try {
            read(bytes);
        } catch (IOException expected) {
            assertThat(expected).hasMessageStartingWith("read ");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import java.util.Optional;

/**
 * For which machine a program or library of Linux is made, by the first bytes of its file; the one place that knows how
 * images call those machines, so that what a build takes and what a trial runs are the same.
 *
 * @param wide whether it is of the 64-bit class
 * @param littleEndian in which order the bytes of its numbers are
 * @param machine the processor, by its number
 * @see <a href="https://gabi.xinuos.com/elf/02-eheader.html">System V ABI, ELF header</a>
 */
public record ElfHeader(boolean wide, boolean littleEndian, int machine) {

    /** As many bytes of a file as are looked at. */
    public static final int SIZE = 20;

    private static final int MACHINE = 18;

    /** Reads the beginning of a file; empty if it is none of an ELF file. */
    public static Optional<ElfHeader> read(byte[] head) {
        if (head.length < SIZE || head[0] != 0x7f || head[1] != 'E' || head[2] != 'L' || head[3] != 'F') {
            return Optional.empty();
        }
        boolean little = head[5] == 1;
        int first = head[MACHINE] & 0xff;
        int second = head[MACHINE + 1] & 0xff;
        return Optional.of(new ElfHeader(head[4] == 2, little, little ? second << 8 | first : first << 8 | second));
    }

    /** The processor in Go's words; empty for one that has no such name. */
    public Optional<String> architecture() {
        return Optional.ofNullable(wide ? of64Bits() : of32Bits());
    }

    private String of32Bits() {
        return switch (machine) {
            case 3 -> "386";
            case 8 -> littleEndian ? "mipsle" : "mips";
            case 40 -> "arm";
            default -> null;
        };
    }

    private String of64Bits() {
        return switch (machine) {
            case 8 -> littleEndian ? "mips64le" : "mips64";
            case 21 -> littleEndian ? "ppc64le" : "ppc64";
            case 22 -> "s390x";
            case 62 -> "amd64";
            case 183 -> "arm64";
            case 243 -> "riscv64";
            case 258 -> "loong64";
            default -> null;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.layer.LayerPath;
import java.util.List;
import java.util.Optional;

/** Tells from a program's first bytes for which processor it is made. */
public final class ElfMachine {

    /** As many bytes as are looked at. */
    public static final int HEADER_BYTES = 20;

    private static final int MACHINE = 18;
    private static final List<String> DIRECTORIES = List.of("usr/bin", "bin", "usr/sbin", "sbin");

    private ElfMachine() {}

    /** Whether this is how programs and libraries of Linux begin. */
    public static boolean isElf(byte[] header) {
        return header.length >= HEADER_BYTES
                && header[0] == 0x7f
                && header[1] == 'E'
                && header[2] == 'L'
                && header[3] == 'F';
    }

    /** Whether what lies here says what the whole root file system is for: libraries of other systems do not. */
    static boolean isTelling(LayerPath path) {
        return DIRECTORIES.contains(path.parent().value());
    }

    /** The processor in Go's words; empty if this is no program, or for a processor that has no such name here. */
    public static Optional<String> of(byte[] header) {
        if (!isElf(header)) {
            return Optional.empty();
        }
        boolean bits64 = header[4] == 2;
        boolean littleEndian = header[5] == 1;
        int first = header[MACHINE] & 0xff;
        int second = header[MACHINE + 1] & 0xff;
        int machine = littleEndian ? second << 8 | first : first << 8 | second;
        return Optional.ofNullable(
                switch (machine) {
                    case 3 -> "386";
                    case 21 -> littleEndian ? "ppc64le" : "ppc64";
                    case 22 -> bits64 ? "s390x" : null;
                    case 40 -> "arm";
                    case 62 -> bits64 ? "amd64" : null;
                    case 183 -> "arm64";
                    case 243 -> bits64 ? "riscv64" : null;
                    case 258 -> "loong64";
                    default -> null;
                });
    }
}

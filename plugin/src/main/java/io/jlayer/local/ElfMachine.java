// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.image.ElfHeader;
import io.jlayer.layer.LayerPath;
import java.util.List;
import java.util.Optional;

/** Tells from a program's first bytes for which processor a root file system is made. */
final class ElfMachine {

    private static final List<String> DIRECTORIES = List.of("usr/bin", "bin", "usr/sbin", "sbin");

    private ElfMachine() {}

    /** Whether what lies here says what the whole root file system is for: libraries of other systems do not. */
    static boolean isTelling(LayerPath path) {
        return DIRECTORIES.contains(path.parent().value());
    }

    /** The processor in Go's words; empty if this is no program, or for a processor that has no such name. */
    static Optional<String> of(byte[] header) {
        return ElfHeader.read(header).flatMap(ElfHeader::architecture);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jlayer.image.ElfHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the kernel reads of a program before it starts it: a script's first line, or the header of an ELF file.
 *
 * @see <a href="https://gabi.xinuos.com/elf/02-eheader.html">System V ABI, ELF header</a>
 */
final class ExecutableHead {

    /** As many bytes of a file as are looked at. */
    static final int SIZE = 4096;

    /** Of the 64-bit class, and so the least that is looked into for a loader. */
    private static final int ELF_HEADER = 64;

    private static final int PROGRAM_INTERPRETER = 3;

    private final byte[] head;
    private final Optional<ElfHeader> elf;

    /** The first bytes of a file, {@link #SIZE} or all. */
    ExecutableHead(byte[] head) {
        this.head = head;
        this.elf = ElfHeader.read(head);
    }

    /** The architecture of an ELF file, as images call it; empty for scripts and for machines that images know no name for. */
    Optional<String> architecture() {
        return elf.flatMap(ElfHeader::architecture);
    }

    /** What the kernel starts in the program's place or beside it. */
    Optional<String> interpreter() {
        if (head.length > 2 && head[0] == '#' && head[1] == '!') {
            String line = new String(head, 2, head.length - 2, ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
            String program = line.trim().split("[ \t]", 2)[0];
            return program.isEmpty() ? Optional.empty() : Optional.of(program);
        }
        boolean looked = elf.isPresent() && elf.get().wide() && head.length > ELF_HEADER;
        return looked ? loader(ByteBuffer.wrap(head).order(order(elf.get()))) : Optional.empty();
    }

    private static ByteOrder order(ElfHeader elf) {
        return elf.littleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private Optional<String> loader(ByteBuffer elf) {
        long table = elf.getLong(32);
        int size = Short.toUnsignedInt(elf.getShort(54));
        for (int i = 0; i < Short.toUnsignedInt(elf.getShort(56)); i++) {
            long at = table + (long) i * size;
            if (at < 0 || at + 56 > head.length) {
                break;
            }
            if (elf.getInt((int) at) == PROGRAM_INTERPRETER) {
                long from = elf.getLong((int) at + 8);
                long length = elf.getLong((int) at + 32) - 1;
                boolean here = from >= 0 && length > 0 && length < head.length && from + length <= head.length;
                return here ? Optional.of(new String(head, (int) from, (int) length, ISO_8859_1)) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}

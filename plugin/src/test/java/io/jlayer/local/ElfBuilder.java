// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes small ELF files that say what the loader reads, and hold no code. */
final class ElfBuilder {

    static final int X86_64 = 62;
    static final int AARCH64 = 183;

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;

    private final int machine;
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final List<long[]> dynamic = new ArrayList<>();
    private long interpreter = -1;

    ElfBuilder(int machine) {
        this.machine = machine;
        strings.write(0);
    }

    ElfBuilder interpreter(String path) {
        interpreter = string(path);
        return this;
    }

    ElfBuilder needs(String... names) {
        for (String name : names) {
            dynamic.add(new long[] {1, string(name)});
        }
        return this;
    }

    ElfBuilder runPath(String path) {
        dynamic.add(new long[] {29, string(path)});
        return this;
    }

    private long string(String text) {
        long offset = strings.size();
        strings.writeBytes((text + '\0').getBytes(UTF_8));
        return offset;
    }

    byte[] toBytes() {
        int segments = interpreter < 0 ? 2 : 3;
        int dynamicAt = HEADER + segments * PROGRAM_HEADER;
        int dynamicSize = (dynamic.size() + 2) * 16;
        int stringsAt = dynamicAt + dynamicSize;
        int size = stringsAt + strings.size();
        long base = 0x400000;
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        out.putShort((short) 3).putShort((short) machine).putInt(1);
        out.putLong(0).putLong(HEADER).putLong(0).putInt(0);
        out.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) segments);
        out.position(HEADER);
        segment(out, 1, 0, base, size);
        segment(out, 2, dynamicAt, base + dynamicAt, dynamicSize);
        if (interpreter >= 0) {
            segment(out, 3, stringsAt + interpreter, base + stringsAt + interpreter, 1);
        }
        dynamic.forEach(entry -> out.putLong(entry[0]).putLong(entry[1]));
        out.putLong(5).putLong(base + stringsAt).putLong(0).putLong(0);
        out.put(strings.toByteArray());
        return out.array();
    }

    private static void segment(ByteBuffer out, int type, long offset, long address, long size) {
        out.putInt(type).putInt(4).putLong(offset).putLong(address).putLong(address);
        out.putLong(size).putLong(size).putLong(8);
    }

    Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, toBytes());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the loader reads of a program or shared library: for which machine it is, and what it needs.
 *
 * @param wide whether it is of the 64-bit class
 * @param machine the processor, by its number
 * @param interpreter the loader that a program names; empty for most libraries
 * @param needed names of libraries, in the order in which they are loaded
 * @param searchPath where to look for them first; may begin with {@code $ORIGIN}
 * @see <a href="https://gabi.xinuos.com/">System V ABI, Object Files and Program Loading</a>
 */
record ElfFile(boolean wide, int machine, Optional<String> interpreter, List<String> needed, List<String> searchPath) {

    private static final int MAGIC = 0x7f454c46;

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;

    private static final int DT_NULL = 0;
    private static final int DT_NEEDED = 1;
    private static final int DT_STRTAB = 5;
    private static final int DT_RPATH = 15;
    private static final int DT_RUNPATH = 29;

    /** Far more than any linker writes; bounds what a hostile file can make us hold. */
    private static final int LARGEST_TABLE = 1 << 20;

    private static final int LONGEST_NAME = 4096;

    /**
     * Reads a file; empty if it is no ELF file at all.
     *
     * @throws IOException if it is one, but cut off or contradicting itself
     */
    static Optional<ElfFile> read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            if (channel.size() < 16 || bytes(channel, 0, 4).getInt() != MAGIC) {
                return Optional.empty();
            }
            return Optional.of(new Parser(channel).parse());
        } catch (IOException e) {
            throw new IOException("read " + path + ": " + e.getMessage(), e);
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > channel.size() - length) {
            throw new IOException("it is a damaged ELF file: " + length + " bytes at " + offset + " are not there");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("it became shorter while it was being read");
            }
        }
        return buffer.flip();
    }

    private record Segment(int type, long offset, long address, long size) {}

    private record Dynamic(long tag, long value) {}

    /** One reading of one file. */
    private static final class Parser {

        private final FileChannel channel;
        private final ByteOrder order;
        private final boolean wide;
        private final int machine;
        private final List<Segment> segments;

        Parser(FileChannel channel) throws IOException {
            this.channel = channel;
            ByteBuffer identification = bytes(channel, 0, 16);
            wide = identification.get(4) == 2;
            order = identification.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            ByteBuffer header = read(0, wide ? 64 : 52);
            machine = header.getShort(18) & 0xffff;
            long table = word(header, wide ? 32 : 28);
            int entrySize = header.getShort(wide ? 54 : 42) & 0xffff;
            int count = header.getShort(wide ? 56 : 44) & 0xffff;
            segments = segments(table, entrySize, count);
        }

        ElfFile parse() throws IOException {
            Optional<String> interpreter = Optional.empty();
            List<Dynamic> dynamics = List.of();
            for (Segment segment : segments) {
                if (segment.type == PT_INTERP) {
                    interpreter = Optional.of(name(segment.offset));
                } else if (segment.type == PT_DYNAMIC) {
                    dynamics = dynamics(segment);
                }
            }
            return new ElfFile(wide, machine, interpreter, names(dynamics, DT_NEEDED), searchPath(dynamics));
        }

        private List<Segment> segments(long table, int entrySize, int count) throws IOException {
            List<Segment> found = new ArrayList<>();
            if (count > 0 && entrySize < (wide ? 56 : 32)) {
                throw new IOException("it is a damaged ELF file: its program headers are too short");
            }
            ByteBuffer all = read(table, table(entrySize * (long) count));
            for (int i = 0; i < count; i++) {
                int at = i * entrySize;
                found.add(new Segment(
                        all.getInt(at),
                        word(all, at + (wide ? 8 : 4)),
                        word(all, at + (wide ? 16 : 8)),
                        word(all, at + (wide ? 32 : 16))));
            }
            return found;
        }

        private List<Dynamic> dynamics(Segment segment) throws IOException {
            List<Dynamic> found = new ArrayList<>();
            ByteBuffer all = read(segment.offset, table(segment.size));
            int size = wide ? 8 : 4;
            for (int at = 0; at + 2 * size <= all.limit() && word(all, at) != DT_NULL; at += 2 * size) {
                found.add(new Dynamic(word(all, at), word(all, at + size)));
            }
            return found;
        }

        private List<String> searchPath(List<Dynamic> dynamics) throws IOException {
            List<String> texts = names(dynamics, DT_RUNPATH);
            List<String> path = new ArrayList<>();
            for (String text : texts.isEmpty() ? names(dynamics, DT_RPATH) : texts) {
                for (String directory : text.split(":", -1)) {
                    path.add(directory);
                }
            }
            return path;
        }

        private List<String> names(List<Dynamic> dynamics, int tag) throws IOException {
            List<String> names = new ArrayList<>();
            for (Dynamic dynamic : dynamics) {
                if (dynamic.tag == tag) {
                    names.add(name(stringTable(dynamics) + dynamic.value));
                }
            }
            return names;
        }

        /** The table is given by its address in memory; the file offset follows from the segment that holds it. */
        private long stringTable(List<Dynamic> dynamics) throws IOException {
            for (Dynamic dynamic : dynamics) {
                for (Segment segment : segments) {
                    long inside = dynamic.value - segment.address;
                    if (dynamic.tag == DT_STRTAB && segment.type == PT_LOAD && inside >= 0 && inside < segment.size) {
                        return segment.offset + inside;
                    }
                }
            }
            throw new IOException("it is a damaged ELF file: its names are in no segment");
        }

        private String name(long offset) throws IOException {
            int length = (int) Math.max(0, Math.min(LONGEST_NAME, channel.size() - offset));
            ByteBuffer text = read(offset, length);
            int end = 0;
            while (end < length && text.get(end) != 0) {
                end++;
            }
            if (end == length) {
                throw new IOException("it is a damaged ELF file: a name at " + offset + " does not end");
            }
            byte[] name = new byte[end];
            text.get(0, name);
            return new String(name, UTF_8);
        }

        private int table(long size) throws IOException {
            if (size < 0 || size > LARGEST_TABLE) {
                throw new IOException("it is a damaged ELF file: a table has " + size + " bytes");
            }
            return (int) size;
        }

        private ByteBuffer read(long offset, int length) throws IOException {
            return bytes(channel, offset, length).order(order);
        }

        private long word(ByteBuffer buffer, int at) {
            return wide ? buffer.getLong(at) : Integer.toUnsignedLong(buffer.getInt(at));
        }
    }
}

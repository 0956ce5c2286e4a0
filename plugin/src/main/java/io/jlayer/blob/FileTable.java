// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is known of many files, in the form in which it is kept: all names, all states and all digests, each in one piece. A
 * JVM that has compiled nothing yet takes a few large pieces apart much sooner than thousands of small ones.
 */
final class FileTable {

    /** A state's four numbers. */
    private static final int NUMBERS = 4;

    private static final int HASH = 32;

    private static final byte[] NO_HASH = new byte[HASH];

    private String[] names;
    private long[] numbers;
    /** Zeros where none is known. */
    private byte[] hashes;

    private int size;

    /** A table with room for so many files; more may come. */
    FileTable(int files) {
        names = new String[files];
        numbers = new long[files * NUMBERS];
        hashes = new byte[files * HASH];
    }

    /** Adds a file; {@code sha256} of its bytes is null if only its state is known. */
    void add(String name, FileState state, byte[] sha256) {
        if (size == names.length) {
            int more = 2 * size + 16;
            names = Arrays.copyOf(names, more);
            numbers = Arrays.copyOf(numbers, more * NUMBERS);
            hashes = Arrays.copyOf(hashes, more * HASH);
        }
        names[size] = name;
        set(size++, state, sha256);
    }

    /** Replaces what is known of a file. */
    void set(int index, FileState state, byte[] sha256) {
        set(index, state);
        System.arraycopy(sha256 == null ? NO_HASH : sha256, 0, hashes, index * HASH, HASH);
    }

    /** Replaces how a file looks; its bytes are the same. */
    void set(int index, FileState state) {
        int at = index * NUMBERS;
        numbers[at] = state.size();
        numbers[at + 1] = state.modified();
        numbers[at + 2] = state.changed();
        numbers[at + 3] = state.inode();
    }

    int size() {
        return size;
    }

    String name(int index) {
        return names[index];
    }

    FileState state(int index) {
        int at = index * NUMBERS;
        return new FileState(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
    }

    /** Of those whose bytes or names are known, the one with the latest time; -1 if there is none. */
    int newest() {
        int newest = -1;
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            long modified = numbers[i * NUMBERS + 1];
            if (modified > latest && hasHash(i)) {
                latest = modified;
                newest = i;
            }
        }
        return newest;
    }

    /** The SHA-256 of the file's bytes, or what stands for a directory's names; null if it is not known. */
    byte[] sha256(int index) {
        byte[] hash = Arrays.copyOfRange(hashes, index * HASH, (index + 1) * HASH);
        return Arrays.equals(hash, NO_HASH) ? null : hash;
    }

    private boolean hasHash(int index) {
        return !Arrays.equals(hashes, index * HASH, (index + 1) * HASH, NO_HASH, 0, HASH);
    }

    void write(DataOutputStream out) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < size; i++) {
            text.write(names[i].getBytes(UTF_8));
            text.write(0); // which no name of a file holds
        }
        ByteBuffer states = ByteBuffer.allocate(size * NUMBERS * Long.BYTES);
        states.asLongBuffer().put(numbers, 0, size * NUMBERS);
        out.writeInt(size);
        out.writeInt(text.size());
        text.writeTo(out);
        out.write(states.array());
        out.write(hashes, 0, size * HASH);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it was something else
     */
    static FileTable read(DataInputStream in) throws IOException {
        int files = in.readInt();
        int length = in.readInt();
        if (files < 0 || length < files || length > in.available()) {
            throw damaged();
        }
        String text = new String(in.readNBytes(length), UTF_8);
        if (in.available() / (NUMBERS * Long.BYTES + HASH) < files) {
            throw damaged();
        }
        FileTable table = new FileTable(files);
        int at = 0;
        for (int i = 0; i < files; i++) {
            int end = text.indexOf('\0', at);
            if (end < 0) {
                throw damaged();
            }
            table.names[i] = text.substring(at, end);
            at = end + 1;
        }
        byte[] states = in.readNBytes(files * NUMBERS * Long.BYTES);
        ByteBuffer.wrap(states).asLongBuffer().get(table.numbers);
        in.readFully(table.hashes);
        table.size = files;
        return table;
    }

    private static IOException damaged() {
        return new IOException("read what is known of files: it is damaged");
    }
}

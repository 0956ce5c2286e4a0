// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What many classes say of themselves, in the order of their paths, in the form in which it is kept: in few large pieces,
 * which a JVM that has compiled nothing yet takes apart much sooner than as many small ones as there are classes.
 */
final class ClassTable {

    /** The newest release that can be told from the next. */
    static final int NEWEST = Byte.MAX_VALUE;

    private static final int HASH = 32;

    /** The SHA-256 of each class, one behind the other. */
    private final byte[] hashes;

    private final byte[] releases;
    /** The names of those that can be started, by their place. */
    private final SortedMap<Integer, String> mainClasses = new TreeMap<>();

    private int size;

    ClassTable(int classes) {
        hashes = new byte[classes * HASH];
        releases = new byte[classes];
    }

    void add(Digest sha256, KnownClasses.Facts facts) {
        System.arraycopy(sha256.toBytes(), 0, hashes, size * HASH, HASH);
        releases[size] = (byte) facts.javaRelease();
        if (!facts.mainClass().isEmpty()) {
            mainClasses.put(size, facts.mainClass());
        }
        size++;
    }

    int size() {
        return size;
    }

    Digest sha256(int index) {
        return Digest.ofSha256(Arrays.copyOfRange(hashes, index * HASH, (index + 1) * HASH));
    }

    KnownClasses.Facts facts(int index) {
        return new KnownClasses.Facts(releases[index], mainClasses.getOrDefault(index, ""));
    }

    byte[] write() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(size);
        out.write(hashes, 0, size * HASH);
        out.write(releases, 0, size);
        for (var mainClass : mainClasses.entrySet()) {
            out.writeInt(mainClass.getKey());
            out.writeUTF(mainClass.getValue());
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #write} wrote; an empty table if it was something else. */
    static ClassTable read(byte[] record) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        try {
            int size = in.readInt();
            if (size < 0 || size > record.length / HASH) {
                return new ClassTable(0);
            }
            ClassTable table = new ClassTable(size);
            in.readFully(table.hashes);
            in.readFully(table.releases);
            while (in.available() > 0) {
                table.mainClasses.put(in.readInt(), in.readUTF());
            }
            table.size = size;
            return table;
        } catch (IOException damaged) {
            return new ClassTable(0);
        }
    }
}

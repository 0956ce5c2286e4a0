// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.cloud.tools.jib.api.MainClassFinder;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.layer.LocalFile;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What each of a project's classes says of itself, remembered under the digest of its bytes. Bounded: only the classes of
 * the last build are. For one thread.
 */
final class KnownClasses {

    private static final int MAGIC = 0xCAFEBABE;
    /** Class file version 45 is Java 1.1, and each release since raised it by one. */
    private static final int MAJOR_OF_JAVA_0 = 44;

    /** How a constant says "main": as UTF-8, of four bytes. Without it a class has no method of that name. */
    private static final String MAIN = "\1\0\4main";

    /** How many classes may be others than in the last build before all are sorted. */
    private static final int FEW = 8;

    private final boolean mainWanted;
    private final Records records;
    private final Digest key;
    private final ClassTable before;
    private final ClassTable now;
    /** Where the next class stands in {@code before}, if it is still the same. */
    private int next;

    private int others;
    private Map<Digest, Integer> sorted;

    /**
     * What a class says.
     *
     * @param javaRelease the oldest Java that loads it
     * @param mainClass its name if it can be started and that is wanted, else empty
     */
    record Facts(int javaRelease, String mainClass) {}

    private KnownClasses(boolean mainWanted, Records records, Digest key, ClassTable before, int classes) {
        this.mainWanted = mainWanted;
        this.records = records;
        this.key = key;
        this.before = before;
        this.now = new ClassTable(classes);
    }

    /** Opens what is remembered for the directory that holds the classes, which are given by their path there. */
    static KnownClasses open(SortedMap<String, LocalFile> classes, boolean mainWanted, Records records)
            throws IOException {
        String directory = "";
        if (!classes.isEmpty()) {
            String file = FileNames.text(path(classes.get(classes.firstKey())));
            directory = file.substring(0, file.length() - classes.firstKey().length());
        }
        Digest key = Store.key(mainWanted ? "each" : "each release", directory);
        Optional<byte[]> record = records.read(key);
        ClassTable before = record.isPresent() ? ClassTable.read(record.get()) : new ClassTable(0);
        return new KnownClasses(mainWanted, records, key, before, classes.size());
    }

    /**
     * What a class says; to be asked in the order of {@link #open}.
     *
     * @throws UserError if it is none
     */
    Facts of(LocalFile classFile) throws IOException {
        Digest digest = classFile.digest();
        int known = find(digest);
        Facts facts = known >= 0 ? before.facts(known) : read(classFile);
        now.add(digest, facts);
        return facts;
    }

    /** As a rule classes come as they came last time, but for a few; to read a few takes less time than to sort all. */
    private int find(Digest digest) {
        int near = Math.min(next + FEW, before.size());
        for (int i = next; i < near; i++) {
            if (before.sha256(i).equals(digest)) {
                next = i + 1;
                return i;
            }
        }
        others++;
        if (others < FEW) {
            return -1;
        }
        if (sorted == null) {
            sorted = new HashMap<>();
            for (int i = 0; i < before.size(); i++) {
                sorted.put(before.sha256(i), i);
            }
        }
        return sorted.getOrDefault(digest, -1);
    }

    /** Remembers what was asked for. */
    void save() throws IOException {
        if (others > 0 || now.size() != before.size()) {
            records.write(key, now.write());
        }
    }

    private static Path path(LocalFile classFile) {
        return classFile.file().orElseThrow();
    }

    private static String mainClass(Path classFile) {
        MainClassFinder.Result found = MainClassFinder.find(List.of(classFile), event -> {});
        return found.getType() == MainClassFinder.Result.Type.MAIN_CLASS_FOUND ? found.getFoundMainClass() : "";
    }

    private Facts read(LocalFile classFile) throws IOException {
        byte[] bytes;
        try (InputStream in = classFile.open()) {
            bytes = mainWanted ? in.readAllBytes() : in.readNBytes(8);
        }
        int release = release(bytes, path(classFile));
        boolean mayBeMain = mainWanted && new String(bytes, ISO_8859_1).contains(MAIN);
        return new Facts(release, mayBeMain ? mainClass(path(classFile)) : "");
    }

    private static int release(byte[] bytes, Path classFile) {
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        if (bytes.length < 8 || fields.getInt() != MAGIC) {
            throw new UserError(
                    "it is not a class file, or only part of one",
                    classFile.toString(),
                    "compile it again: mvn clean package");
        }
        // No more than a byte has room for is a release for a long time yet.
        return Math.min(Short.toUnsignedInt(fields.getShort(6)) - MAJOR_OF_JAVA_0, ClassTable.NEWEST);
    }
}

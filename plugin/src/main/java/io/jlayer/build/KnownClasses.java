// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.tools.jib.api.MainClassFinder;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
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

    private final boolean mainWanted;
    private final Records records;
    private final Digest key;
    private final Map<String, Facts> before;
    private final StringBuilder now = new StringBuilder();

    /**
     * What a class says.
     *
     * @param javaRelease the oldest Java that loads it
     * @param mainClass its name if it can be started and that is wanted, else empty
     */
    record Facts(int javaRelease, String mainClass) {}

    private KnownClasses(boolean mainWanted, Records records, Digest key, Map<String, Facts> before) {
        this.mainWanted = mainWanted;
        this.records = records;
        this.key = key;
        this.before = before;
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
        return new KnownClasses(mainWanted, records, key, record.isPresent() ? parse(record.get()) : Map.of());
    }

    /** A line each: the digest, the release, the main class or nothing. */
    private static Map<String, Facts> parse(byte[] record) {
        String text = new String(record, UTF_8);
        Map<String, Facts> facts = new HashMap<>();
        int at = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
            int space = text.indexOf(' ', at);
            int second = text.indexOf(' ', space + 1);
            int release = Integer.parseInt(text, space + 1, second, 10);
            facts.put(text.substring(at, space), new Facts(release, text.substring(second + 1, end)));
            at = end + 1;
        }
        return facts;
    }

    /**
     * What a class says.
     *
     * @throws UserError if it is none
     */
    Facts of(LocalFile classFile) throws IOException {
        String digest = classFile.digest().hex();
        Facts facts = before.get(digest);
        if (facts == null) {
            facts = read(classFile);
        }
        now.append(digest).append(' ').append(facts.javaRelease()).append(' ');
        now.append(facts.mainClass()).append('\n');
        return facts;
    }

    /** Remembers what was asked for. */
    void save() throws IOException {
        records.write(key, now.toString().getBytes(UTF_8));
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
        return Short.toUnsignedInt(fields.getShort(6)) - MAJOR_OF_JAVA_0;
    }
}

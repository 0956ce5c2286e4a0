// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.tools.jib.api.MainClassFinder;
import io.jlayer.blob.Records;
import io.jlayer.layer.LocalFile;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the project's own classes say of themselves; learnt once for equal classes.
 *
 * @param mainClasses those that can be started
 * @param javaRelease the oldest Java that can load all of them; 0 if there are no classes
 */
record ClassFacts(List<String> mainClasses, int javaRelease) {

    private static final int MAGIC = 0xCAFEBABE;
    /** Class file version 45 is Java 1.1, and each release since raised it by one. */
    private static final int MAJOR_OF_JAVA_0 = 44;

    /** Reads the classes, which are given by their path in the class directory, unless equal ones are remembered. */
    static ClassFacts of(SortedMap<String, LocalFile> classes, Records records) throws IOException {
        Parallel.look(classes.values());
        StringBuilder content = new StringBuilder();
        for (Map.Entry<String, LocalFile> entry : classes.entrySet()) {
            content.append(entry.getKey())
                    .append('\0')
                    .append(entry.getValue().digest())
                    .append('\0');
        }
        Digest key = Digest.sha256(content.toString());
        Optional<byte[]> record = records.read(key);
        if (record.isPresent()) {
            return fromJson(OciJson.parse(record.get()));
        }
        ClassFacts facts = read(classes);
        records.write(key, facts.toJson().toString().getBytes(UTF_8));
        return facts;
    }

    private static ClassFacts read(SortedMap<String, LocalFile> classes) throws IOException {
        int newest = 0;
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, LocalFile> entry : classes.entrySet()) {
            if (!entry.getKey().startsWith("META-INF/")) {
                Path file = entry.getValue().file().orElseThrow();
                newest = Math.max(newest, release(file));
                files.add(file);
            }
        }
        MainClassFinder.Result found = MainClassFinder.find(files, event -> {});
        List<String> mainClasses =
                switch (found.getType()) {
                    case MAIN_CLASS_FOUND -> List.of(found.getFoundMainClass());
                    case MULTIPLE_MAIN_CLASSES ->
                        found.getFoundMainClasses().stream().sorted().toList();
                    case MAIN_CLASS_NOT_FOUND -> List.of();
                };
        return new ClassFacts(mainClasses, newest);
    }

    private static int release(Path classFile) throws IOException {
        try (InputStream in = Files.newInputStream(classFile);
                DataInputStream data = new DataInputStream(in)) {
            if (data.readInt() != MAGIC) {
                throw damaged(classFile, null);
            }
            data.readUnsignedShort();
            return data.readUnsignedShort() - MAJOR_OF_JAVA_0;
        } catch (EOFException e) {
            throw damaged(classFile, e);
        }
    }

    private static UserError damaged(Path classFile, Exception cause) {
        return new UserError(
                "it is not a class file, or only part of one",
                classFile.toString(),
                "compile it again: mvn clean package",
                cause);
    }

    private JsonObject toJson() {
        return JsonObject.EMPTY.with("mainClasses", mainClasses).with("javaRelease", javaRelease);
    }

    private static ClassFacts fromJson(JsonObject json) {
        return new ClassFacts(
                json.texts("mainClasses"),
                json.number("javaRelease").orElseThrow().intValue());
    }
}

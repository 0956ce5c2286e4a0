// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Records;
import io.jlayer.layer.LocalFile;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the project's own classes say of themselves; learnt once for equal classes.
 *
 * @param mainClasses those that can be started; empty if nobody asked
 * @param javaRelease the oldest Java that can load all of them; 0 if there are no classes
 */
record ClassFacts(List<String> mainClasses, int javaRelease) {

    /**
     * Reads the classes, which are given by their path in the class directory, unless equal ones are remembered. To look for
     * those that can be started takes each class apart, so that is done only where it decides.
     */
    static ClassFacts of(SortedMap<String, LocalFile> classes, boolean mainWanted, Records records) throws IOException {
        Parallel.look(classes.values());
        StringBuilder content = new StringBuilder(mainWanted ? "main" : "release");
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
        ClassFacts facts = read(classes, mainWanted, records);
        records.write(key, facts.toJson().toString().getBytes(UTF_8));
        return facts;
    }

    /** Of all classes, only those that are new or changed since the last build are taken apart. */
    private static ClassFacts read(SortedMap<String, LocalFile> classes, boolean mainWanted, Records records)
            throws IOException {
        int newest = 0;
        SortedSet<String> mainClasses = new TreeSet<>();
        KnownClasses known = KnownClasses.open(classes, mainWanted, records);
        for (Map.Entry<String, LocalFile> entry : classes.entrySet()) {
            if (!entry.getKey().startsWith("META-INF/")) {
                KnownClasses.Facts facts = known.of(entry.getValue());
                newest = Math.max(newest, facts.javaRelease());
                if (!facts.mainClass().isEmpty()) {
                    mainClasses.add(facts.mainClass());
                }
            }
        }
        known.save();
        return new ClassFacts(List.copyOf(mainClasses), newest);
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

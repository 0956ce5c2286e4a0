// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.blob.Records;
import io.jlayer.layer.LocalFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the project's own classes say of themselves; each is read once, until it changes.
 *
 * @param mainClasses those that can be started; empty if nobody asked
 * @param javaRelease the oldest Java that can load all of them; 0 if there are no classes
 */
public record ClassFacts(List<String> mainClasses, int javaRelease) {

    /**
     * Learns it of the classes, which are given by their path in the class directory; only those that are new or changed
     * since the last build are read. To look for those that can be started takes each class apart, so that is done only where
     * it decides.
     */
    public static ClassFacts of(SortedMap<String, LocalFile> classes, boolean mainWanted, Records records)
            throws IOException {
        FileReading.look(classes.values());
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
}

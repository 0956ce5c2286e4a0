// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.layer.Compression;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * All that decides an image, settled before a byte is written.
 *
 * @param from the base, as the user wrote it
 * @param platforms in the order of the index; one in most builds
 * @param lowestFirst the layers on top of the base
 * @param container how it is run
 * @param java the command line that starts the application; empty if there is none
 * @param javaRelease the Java release that the classes need; empty if there are none
 * @param created the image's date
 * @param annotations of the manifest
 * @param format in whose words the documents are written
 * @param compression of the layers that are made here
 */
public record BuildPlan(
        String from,
        List<Platform> platforms,
        List<PlannedLayer> lowestFirst,
        ContainerSettings container,
        List<String> java,
        OptionalInt javaRelease,
        Instant created,
        SortedMap<String, String> annotations,
        Format format,
        Compression compression) {

    public BuildPlan {
        platforms = List.copyOf(platforms);
        lowestFirst = List.copyOf(lowestFirst);
        java = List.copyOf(java);
    }

    /** The plan in words, for people and tests: a line for each layer, without its files. */
    public String describe() {
        StringBuilder text = new StringBuilder("from " + from + " for " + platforms + "\n");
        for (PlannedLayer layer : lowestFirst) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-12s %s, %d entries%n",
                    layer.origin(),
                    layer.spec().name(),
                    layer.spec().entries().size()));
        }
        Optional.of(java).filter(line -> !line.isEmpty()).ifPresent(line -> text.append("runs ")
                .append(String.join(" ", line))
                .append('\n'));
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.inspect;

import io.jlayer.image.LayerFile;
import io.jlayer.image.LayerFiles;
import io.jlayer.image.MaskedText;
import io.jlayer.layer.Layer;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What is to be said of a layer.
 *
 * @param number from 1 for the lowest
 * @param name what people call it
 * @param origin what kind of thing it holds; empty if nobody says
 * @param createdBy the command that made it, as far as the history tells; secrets are masked
 * @param layer the layer itself
 * @param unpacked length of its tar in bytes
 * @param content bytes of all its files
 * @param count how many files, links, devices and pipes it has, but no directories
 * @param whiteouts how many names it hides
 */
public record LayerFacts(
        int number,
        String name,
        String origin,
        String createdBy,
        Layer layer,
        long unpacked,
        long content,
        int count,
        int whiteouts) {

    /** Said of layers that jlayer made; who made others is told by their own history. */
    private static final String JLAYER = "jlayer";

    static LayerFacts of(int number, LayerFiles files, Optional<JsonObject> history, Optional<Inspection.Told> told) {
        String command =
                MaskedText.of(history.flatMap(line -> line.text("created_by")).orElse(""));
        String comment =
                MaskedText.of(history.flatMap(line -> line.text("comment")).orElse(""));
        boolean ours = command.startsWith(JLAYER) && !comment.isEmpty();
        String name = told.map(Inspection.Told::name).orElse(ours || command.isEmpty() ? comment : shortly(command));
        long content = 0;
        int count = 0;
        for (LayerFile file : files.tree().values()) {
            content += file.storedSize();
            count += file.isDirectory() ? 0 : 1;
        }
        return new LayerFacts(
                number,
                name,
                told.map(Inspection.Told::origin).orElse(ours ? JLAYER : ""),
                command,
                files.layer(),
                files.tarSize(),
                content,
                count,
                files.whiteouts().size());
    }

    /** Bytes of the packed layer: what a registry keeps, and who pulls it fetches. */
    public long packed() {
        return layer.descriptor().size();
    }

    /** A command of a Dockerfile without what is the same in all of them. */
    static String shortly(String command) {
        String shorter = command.strip();
        for (String front : List.of("RUN ", "/bin/sh -c ", "#(nop) ")) {
            shorter = shorter.startsWith(front)
                    ? shorter.substring(front.length()).strip()
                    : shorter;
        }
        int tail = shorter.lastIndexOf(" # buildkit");
        return (tail >= 0 ? shorter.substring(0, tail) : shorter).strip();
    }

    /** The line of history for each layer, lowest first; none where it does not tell which belongs to which. */
    static List<Optional<JsonObject>> historyOf(ImageConfig config) {
        List<Optional<JsonObject>> lines = new ArrayList<>();
        for (JsonObject line : config.history()) {
            if (!line.flag("empty_layer").orElse(false)) {
                lines.add(Optional.of(line));
            }
        }
        int layers = config.diffIds().size();
        return lines.size() == layers ? lines : Collections.nCopies(layers, Optional.empty());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.inspect;

import io.jlayer.image.LayerFile;
import io.jlayer.image.LayerFiles;
import io.jlayer.image.LayerName;
import io.jlayer.image.MaskedText;
import io.jlayer.layer.Layer;
import io.jlayer.oci.JsonObject;
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

    static LayerFacts of(
            int number, LayerFiles files, String name, JsonObject history, Optional<Inspection.Told> told) {
        String command = MaskedText.of(history.text("created_by").orElse(""));
        long content = 0;
        int count = 0;
        for (LayerFile file : files.tree().values()) {
            content += file.storedSize();
            count += file.isDirectory() ? 0 : 1;
        }
        return new LayerFacts(
                number,
                told.map(Inspection.Told::name).orElse(name),
                told.map(Inspection.Told::origin).orElse(LayerName.isOurs(history) ? JLAYER : ""),
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
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a reference was found to name.
 *
 * @param root the manifest or index
 * @param time when that was so
 */
public record Resolution(Descriptor root, Instant time) {

    byte[] toBytes() {
        return JsonObject.EMPTY
                .with("root", root.toJson())
                .with("time", time.toString())
                .toString()
                .getBytes(UTF_8);
    }

    /** Reads what {@link #toBytes} wrote; what another version wrote differently counts as nothing. */
    static Optional<Resolution> parse(byte[] bytes) {
        try {
            JsonObject json = OciJson.parse(bytes);
            return Optional.of(new Resolution(
                    Descriptor.fromJson(json.object("root").orElse(JsonObject.EMPTY)),
                    Instant.parse(json.requiredText("time"))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an image's history.
 *
 * @param created when, if known
 * @param createdBy the command that made the layer
 * @param comment free words
 * @param emptyLayer whether the step changed only the config and so has no layer
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties">config.md, history</a>
 */
public record History(Optional<Instant> created, String createdBy, String comment, boolean emptyLayer) {

    JsonObject toJson() {
        JsonObject json = JsonObject.EMPTY;
        if (created.isPresent()) {
            json = json.with("created", Rfc3339.text(created.get()));
        }
        json = json.withUnlessEmpty("created_by", createdBy).withUnlessEmpty("comment", comment);
        return emptyLayer ? json.with("empty_layer", true) : json;
    }
}

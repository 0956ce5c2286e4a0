// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A layer that exists.
 *
 * @param diffId what it holds
 * @param descriptor how it is packed, and its size so
 * @param blob the packed bytes; opening them may fetch them first
 * @param tarSize length of its tar in bytes, where it is known
 */
public record Layer(DiffId diffId, Descriptor descriptor, Blob blob, OptionalLong tarSize) {

    /** All but the bytes, as what is known of archives keeps it. */
    public JsonObject toJson() {
        JsonObject json = JsonObject.EMPTY.with("diffId", diffId.toString()).with("descriptor", descriptor.toJson());
        return tarSize.isPresent() ? json.with("tarSize", tarSize.getAsLong()) : json;
    }

    /**
     * Reads what {@link #toJson} gave; the bytes are those that {@code blobs} have.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Layer fromJson(JsonObject json, BlobSource blobs) {
        Descriptor descriptor = Descriptor.fromJson(json.object("descriptor")
                .orElseThrow(() -> new IllegalArgumentException("'descriptor' of a layer is missing")));
        Optional<Long> tarSize = json.number("tarSize");
        return new Layer(
                DiffId.parse(json.requiredText("diffId")),
                descriptor,
                () -> blobs.get(descriptor.digest()).open(),
                tarSize.isPresent() ? OptionalLong.of(tarSize.get()) : OptionalLong.empty());
    }
}

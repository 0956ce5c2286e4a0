// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.Blob;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import java.util.OptionalLong;

/**
 * A layer that exists.
 *
 * @param diffId what it holds
 * @param descriptor how it is packed, and its size so
 * @param blob the packed bytes; opening them may fetch them first
 * @param tarSize length of its tar in bytes, where it is known
 */
public record Layer(DiffId diffId, Descriptor descriptor, Blob blob, OptionalLong tarSize) {}

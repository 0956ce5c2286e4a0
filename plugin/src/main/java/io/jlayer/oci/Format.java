// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

/** The two families of media types that registries and engines know; the documents in them are shaped alike. */
public enum Format {
    /** The OCI image specification. */
    OCI,
    /** Docker's image manifest, version 2, schema 2, which the OCI specification grew from. */
    DOCKER
}

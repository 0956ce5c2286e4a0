// SPDX-License-Identifier: Apache-2.0
/**
 * The words of the OCI specifications as immutable values: what a manifest, an index and a config say, and how they are
 * spelled in JSON. The only package that sees a JSON library.
 *
 * <p>Holds no bytes of layers, opens no file and no connection.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/tree/v1.1.1">OCI image specification 1.1.1</a>
 */
package io.jlayer.oci;

// SPDX-License-Identifier: Apache-2.0
/**
 * OCI image layouts: where images lie as files.
 *
 * <p>Knows no registry and no engine.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">image-layout.md</a>
 */
package io.jlayer.layout;

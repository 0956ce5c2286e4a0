// SPDX-License-Identifier: Apache-2.0
/**
 * Tar in and out. Writing is our own, since every byte of a header is part of a layer's digest and must not change with
 * a library's release; reading is Commons Compress's, which knows the many dialects that others write. The only package
 * that sees it.
 *
 * <p>Knows nothing of layers: a whiteout is a file with an odd name here.
 */
package io.jlayer.tar;

// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes by digest: what a blob is, where blobs are kept, and reading them so that no byte is trusted before its digest
 * matches. Also the small records that are kept beside the blobs, the remembered digests of local files, and their
 * names in every locale.
 *
 * <p>Knows nothing of what the bytes mean.
 */
package io.jlayer.blob;

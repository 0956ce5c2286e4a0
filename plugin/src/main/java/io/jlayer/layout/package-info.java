// SPDX-License-Identifier: Apache-2.0

/**
 * Images as files: the OCI image layout, as a directory or in one tar, and the archives of {@code docker save}. Read and
 * written here; what they hold is made elsewhere.
 */
package io.jlayer.layout;

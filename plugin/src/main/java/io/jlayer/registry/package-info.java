// SPDX-License-Identifier: Apache-2.0
/**
 * Registries: images are pulled from and pushed to them by the OCI distribution specification, with tokens, mirrors, mounts
 * and failures that pass. Knows neither Maven nor how an image is built.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md">OCI distribution specification
 *     1.1.1</a>
 */
package io.jlayer.registry;

// SPDX-License-Identifier: Apache-2.0
/**
 * Registries: images are pulled from and pushed to them by the OCI distribution specification, with whatever lies between
 * here and there (credentials, tokens, proxies, mirrors, certificates, failures that pass).
 *
 * <p>The door to the network: no other package opens a connection. Knows neither Maven nor how an image is built.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md">OCI distribution specification
 *     1.1.1</a>
 */
package io.jlayer.registry;

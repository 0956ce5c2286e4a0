// SPDX-License-Identifier: Apache-2.0
/**
 * The names of images, and what stands behind them: a source or a target for each transport, with the remedies that belong to
 * it when it fails. Adding a transport is a line in {@link io.jlayer.transport.Transports}.
 */
package io.jlayer.transport;

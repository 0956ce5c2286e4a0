// SPDX-License-Identifier: Apache-2.0
/**
 * Docker, podman and containerd, reached through their own command-line programs: as what runs a trial where this machine
 * gives it no namespaces, in a container that forbids them, and where there is no Linux; and as what takes an image or has
 * one.
 *
 * <p>Speaks no engine's own protocol, and keeps no state of its own.
 */
package io.jlayer.engine;

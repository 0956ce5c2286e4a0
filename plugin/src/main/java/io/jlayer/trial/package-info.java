// SPDX-License-Identifier: Apache-2.0
/**
 * Running a command in an image on this machine, under a writable layer of its own: nobody's daemon, and root only if the
 * user is root. Namespaces and mounts are made by util-linux' programs in a chain of processes that dies with this one.
 *
 * <p>Knows nothing of builds, registries or container engines. Two classes reach for the network: {@code HostPorts} binds
 * this machine's ports to see whether they are free, and {@code Readiness} asks what the user names, which is a trial's
 * program behind a published port.
 */
package io.jlayer.trial;

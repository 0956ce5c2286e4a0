// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

/** Which network a trial sees. */
public enum Network {
    /** This machine's own. */
    HOST,
    /** Nothing but itself. */
    NONE,
    /** One of its own, with a way out and published ports, by pasta or slirp4netns. */
    PRIVATE
}

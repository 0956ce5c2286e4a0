// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

/** How a blob came to be where it was pushed to. */
public enum Outcome {
    /** It was there. */
    PRESENT,
    /** The registry took it from another of its repositories. */
    MOUNTED,
    /** It was sent. */
    SENT
}

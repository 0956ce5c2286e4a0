// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import java.util.Optional;

/**
 * What became of one thing that a config or a manifest says. Values that look like secrets are masked.
 *
 * @param kind what
 * @param what which thing: {@code environment}, {@code label}, {@code entrypoint} …
 * @param name which of several such; empty where there is one only
 * @param before the value in the old image; empty if it was added
 * @param after the value in the new image; empty if it was deleted
 */
public record ConfigChange(Kind kind, String what, String name, Optional<String> before, Optional<String> after) {}

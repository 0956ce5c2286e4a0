// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** What a trial's program reads and writes. */
public sealed interface Streams {

    /** This process' own; a terminal stays one. */
    record Inherited() implements Streams {}

    /** Streams of ours; none is closed. Without {@code in}, the program reads an empty file. */
    record Given(Optional<InputStream> in, OutputStream out, OutputStream err) implements Streams {}
}

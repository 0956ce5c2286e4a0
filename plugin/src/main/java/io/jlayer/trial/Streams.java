// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.Interruption;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** What a trial's program reads and writes. */
public sealed interface Streams {

    /** Whether the program can have a terminal, to read from and to write to. */
    default boolean terminal() throws IOException {
        return false;
    }

    /** This process' own; a terminal stays one. */
    record Inherited() implements Streams {
        @Override
        public boolean terminal() throws IOException {
            if (File.separatorChar != '/') {
                return false;
            }
            try {
                return new ProcessBuilder("/bin/sh", "-c", "[ -t 0 ] && [ -t 1 ]")
                                .inheritIO()
                                .start()
                                .waitFor()
                        == 0;
            } catch (InterruptedException e) {
                throw Interruption.of("run a trial", e);
            }
        }
    }

    /** Streams of ours; none is closed. Without {@code in}, the program reads an empty file. */
    record Given(Optional<InputStream> in, OutputStream out, OutputStream err) implements Streams {}
}

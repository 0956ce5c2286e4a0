// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.overlay.HostCommand;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Bytes on their way to an engine's program, counted. */
final class Sending extends FilterOutputStream {

    private long bytes;

    private Sending(OutputStream out) {
        super(out);
    }

    /** Starts the program, writes to it, waits for its end, and says how many bytes it was. */
    static long to(List<String> command, HostCommand.Input input) throws IOException {
        long[] sent = new long[1];
        HostCommand.feedAsUser(command, out -> {
            Sending sending = new Sending(out);
            input.writeTo(sending);
            sent[0] = sending.bytes;
        });
        return sent[0];
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        bytes += length;
    }
}

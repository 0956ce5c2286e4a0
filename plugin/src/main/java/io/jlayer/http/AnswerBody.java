// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import io.jlayer.blob.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer. Read to its end, it gives the connection back for the next request; closed before, it ends the
 * connection, unless what is left is so little that reading it is cheaper. For one thread.
 */
final class AnswerBody extends BulkInputStream {

    /** A new connection costs about as much as this. */
    private static final int CHEAP = 16 << 10;

    private final InputStream framed;
    private final Connections connections;
    private final Connection connection;
    private final boolean reusable;
    private boolean done;

    /** A body that {@code framed} ends; nothing was read of it. */
    AnswerBody(InputStream framed, Connections connections, Connection connection, boolean reusable) {
        this.framed = framed;
        this.connections = connections;
        this.connection = connection;
        this.reusable = reusable;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (done) {
            return -1;
        }
        int count;
        try {
            count = framed.read(bytes, offset, length);
        } catch (IOException e) {
            end(false);
            throw connection.failure(e);
        }
        if (count < 0) {
            end(reusable);
        }
        return count;
    }

    private void end(boolean again) {
        if (!done) {
            done = true;
            if (again && connection.isAtEnd()) {
                connections.giveBack(connection);
            } else {
                connections.drop(connection);
            }
        }
    }

    @Override
    public int available() throws IOException {
        return framed.available();
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        try {
            if (reusable) {
                readNBytes(CHEAP);
            }
        } catch (IOException e) {
            // nobody wants the rest
        } finally {
            end(false);
        }
    }
}

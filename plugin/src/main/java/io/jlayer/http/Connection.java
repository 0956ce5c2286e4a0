// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jlayer.blob.Interruption;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** A way to a server that is open: takes one request after the other. For one thread at a time, but {@link #close}. */
final class Connection implements Closeable {

    private static final int BUFFER = 16 << 10;

    /** A server that was left alone for longer may have gone. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Nobody waits for so long: a standstill ends the connection, and with that whoever reads. */
    private static final Duration LONGEST_UPLOAD = Duration.ofDays(20);

    private final Route route;
    private final Socket wire;
    private final Socket socket;
    private final PatientInput incoming;
    private final InputStream in;
    private final OutputStream out;
    private final Duration stall;
    private volatile long lastProgress = System.nanoTime();
    private volatile boolean sending;
    private volatile boolean stalled;
    private Optional<EarlyAnswer> early = Optional.empty();
    private boolean used;

    /**
     * A connection over a socket.
     *
     * @param wire what is closed to end it, whatever anybody does with it
     * @param socket what is talked over: {@code wire} itself, or TLS over it
     */
    Connection(Route route, Socket wire, Socket socket, Duration stall) throws IOException {
        this.route = route;
        this.wire = wire;
        this.socket = socket;
        this.stall = stall;
        this.incoming = new PatientInput(socket.getInputStream(), socket::setSoTimeout, stall);
        this.in = new BufferedInputStream(incoming, BUFFER);
        this.out = socket.getOutputStream();
    }

    Route route() {
        return route;
    }

    /** Whether a request was answered on it: a server may end such a connection at any time. */
    boolean isUsed() {
        return used;
    }

    /** Sends the head of a request, and what follows it; of that not all, if the server answers or ends meanwhile. */
    void send(String head, UploadBody.Sending body) throws IOException {
        lastProgress = System.nanoTime();
        sending = true;
        early = body.isLong() ? Optional.of(listen()) : Optional.empty();
        try {
            out.write(head.getBytes(ISO_8859_1));
            body.sendTo(out, this::moved);
            out.flush();
        } finally {
            sending = false;
            early.ifPresent(EarlyAnswer::ended);
        }
    }

    private EarlyAnswer listen() {
        return EarlyAnswer.on(new EarlyAnswer.Way() {
            @Override
            public ResponseHead read() throws IOException {
                return readHead(LONGEST_UPLOAD);
            }

            @Override
            public void shutOutput() throws IOException {
                wire.shutdownOutput();
            }
        });
    }

    /** Notes that bytes went; whether more are wanted: who answers before all is sent does not want the rest. */
    private boolean moved() {
        lastProgress = System.nanoTime();
        return early.isEmpty() || !early.get().hasCome();
    }

    /** Waits for the head of the answer. */
    ResponseHead head(Duration limit) throws IOException {
        ResponseHead head = early.isPresent() ? early.get().await(limit) : readHead(limit);
        early = Optional.empty();
        incoming.expectFlow();
        used = true;
        return head;
    }

    private ResponseHead readHead(Duration limit) throws IOException {
        incoming.expectWithin(limit);
        return ResponseHead.read(in);
    }

    /** What comes after the head, up to its end. */
    InputStream body(ResponseHead head, String method) throws IOException {
        if (head.isBodiless(method)) {
            return InputStream.nullInputStream();
        } else if (head.isChunked()) {
            return new ChunkedInput(in);
        } else if (head.length().isPresent()) {
            return new FixedInput(in, head.length().getAsLong());
        }
        return in;
    }

    /** Whether nothing came after the end of the answer: what did would be taken for the next one. */
    boolean isAtEnd() {
        try {
            return in.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Marks the time from which on nobody uses it. */
    void rest() {
        lastProgress = System.nanoTime();
    }

    /** Whether it was given back so lately that a server which keeps connections is still there. */
    boolean isJustUsed() {
        return System.nanoTime() - lastProgress < FRESH.toNanos();
    }

    /** Looks whether the server is still there, which takes a millisecond; nothing may be on its way. */
    boolean isAlive() {
        if (!isAtEnd()) {
            return false;
        }
        try {
            socket.setSoTimeout(1);
            socket.getInputStream().read(); // the end, or words out of turn
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it if bytes were to go, and none did for as long as one waits. */
    void closeIfStalled() {
        if (sending && System.nanoTime() - lastProgress > stall.toNanos()) {
            stalled = true;
            close();
        }
    }

    /** The reason of a failure: one's own impatience and the user's look like broken connections. */
    IOException failure(IOException e) {
        if (Thread.currentThread().isInterrupted() && !(e instanceof InterruptedIOException)) {
            return Interruption.of(e);
        }
        return stalled
                ? (IOException) new StalledException("no bytes went for " + stall.toMillis() + " ms").initCause(e)
                : e;
    }

    /** Ends it at once, from any thread. */
    @Override
    public void close() {
        try {
            wire.close();
        } catch (IOException e) {
            // it is gone in any case
        }
    }
}

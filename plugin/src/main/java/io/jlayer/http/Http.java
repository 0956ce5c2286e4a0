// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import io.jlayer.blob.Interruption;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sends one request and gives its answer, whatever that is: follows nothing, repeats nothing, proves nothing. */
public final class Http implements Closeable {

    private final HttpSettings settings;
    private final Connections connections;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();

    public Http(HttpSettings settings) {
        this.settings = settings;
        this.connections = new Connections(settings);
    }

    /** Requests that were sent up to now. */
    public int requests() {
        return requests.get();
    }

    /** Bytes of bodies that were sent up to now, in vain or not. */
    public long sent() {
        return sent.get();
    }

    public Answer send(Call call) throws IOException {
        check(call);
        requests.incrementAndGet();
        Route route = Route.to(call.uri(), settings.proxies());
        UploadBody.Sending sending = call.body().map(UploadBody::begin).orElse(UploadBody.Sending.NOTHING);
        try {
            Connection connection = connections.take(route, call.body().isPresent());
            boolean kept = connection.isUsed();
            try {
                return exchange(call, connection, sending);
            } catch (IOException e) {
                if (!kept || !isEnd(e)) {
                    throw e;
                }
                connections.noteEnded(route);
                if (call.body().isPresent()) {
                    throw e; // it may have been taken in part; the caller begins anew, on a connection of its own
                }
            }
            // The server had ended the connection meanwhile, as it may at any time.
            return exchange(call, connections.fresh(route), sending);
        } catch (IOException e) {
            throw failure(route, e);
        } finally {
            sent.addAndGet(sending.sent());
        }
    }

    /** Whether it was the connection that ended, not our patience, nor what was to be sent. */
    private static boolean isEnd(IOException e) {
        return !(e instanceof InterruptedIOException || e instanceof StalledException || e instanceof FinalException);
    }

    private Answer exchange(Call call, Connection connection, UploadBody.Sending sending) throws IOException {
        try {
            boolean cut = false;
            try {
                connections.watch();
                connection.send(RequestHead.of(call, connection.route()), sending);
            } catch (FinalException e) {
                throw e;
            } catch (IOException e) {
                cut = true; // who refuses something large may hang up, but says why before
            }
            Duration limit = !cut && call.body().isPresent()
                    ? settings.patience().answer()
                    : settings.patience().stall();
            return answer(call, connection, connection.head(limit), sending.isWhole());
        } catch (IOException e) {
            connections.drop(connection);
            throw connection.failure(e);
        }
    }

    private Answer answer(Call call, Connection connection, ResponseHead head, boolean sentWhole) throws IOException {
        InputStream framed = connection.body(head, call.method());
        boolean ends = head.isBodiless(call.method())
                || head.isChunked()
                || head.length().isPresent();
        boolean reusable = ends && sentWhole && head.keepsOpen();
        AnswerBody body = new AnswerBody(framed, connections, connection, reusable);
        if (head.isBodiless(call.method())) {
            body.read(); // gives the connection back
        }
        return new Answer(call, head, body);
    }

    private void check(Call call) throws IOException {
        if (settings.offline()) {
            throw new OfflineException("the network is not used while offline");
        }
        if (!call.uri().getScheme().equalsIgnoreCase("https") && !mayBePlain(call.uri())) {
            throw new FinalException(ErrorText.of(call.uri())
                    + ": plain HTTP is used only on this machine and with hosts that insecureRegistries names");
        }
    }

    /** Whether a host may be talked to without TLS. */
    public boolean mayBePlain(URI uri) {
        return Hosts.isLoopback(Hosts.host(uri)) || Hosts.named(settings.insecureHosts(), uri);
    }

    private static IOException failure(Route route, IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            return Interruption.of(cause);
        } else if (cause instanceof FinalException || cause instanceof RefusalException) {
            return cause;
        }
        return new IOException(reason(route, cause), cause);
    }

    private static String reason(Route route, IOException cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof UnknownHostException) {
            String where = route.isProxy(why) ? route.next() : route.authority();
            return "cannot connect to " + where + ": the name of " + why + " is not known";
        } else if (cause instanceof ConnectException) {
            return "cannot connect to " + route.next() + ": " + why;
        }
        return why;
    }

    @Override
    public void close() {
        connections.close();
    }
}

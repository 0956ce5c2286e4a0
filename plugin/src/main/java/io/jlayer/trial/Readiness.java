// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A question that a trial's program answers when it is ready. */
public sealed interface Readiness {

    /** Asks once; {@link #NO_ANSWER} if there is none within {@code patience}. */
    Answer ask(Duration patience) throws InterruptedException;

    Answer NO_ANSWER = new Answer(false, "");

    /**
     * What came back.
     *
     * @param ready whether it says that the program is ready
     * @param text what else it says, as {@code status 404}; empty if nothing
     */
    record Answer(boolean ready, String text) {}

    /** Whom it asks. */
    InetSocketAddress address();

    /** The same for people: a name and a port. */
    default String place() {
        return address().getHostString() + ":" + address().getPort();
    }

    /** Whether something listens there on this machine already, whose answer would pass for the program's. */
    default boolean isTaken() {
        InetSocketAddress address = address();
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads an {@code http:} or {@code https:} URL, or {@code tcp://HOST:PORT}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Readiness parse(String text) {
        URI uri = URI.create(text);
        String scheme = String.valueOf(uri.getScheme());
        if (scheme.equals("tcp") && uri.getHost() != null && uri.getPort() > 0) {
            return new Tcp(uri.getHost(), uri.getPort());
        } else if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
            return new Http(uri);
        }
        throw new IllegalArgumentException("'" + text + "' is not http://HOST:PORT/PATH or tcp://HOST:PORT");
    }

    /** Ready when the URL answers with a status below 400. */
    record Http(URI uri) implements Readiness {

        private static final HttpClient CLIENT =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

        @Override
        public InetSocketAddress address() {
            int usual = uri.getScheme().equals("https") ? 443 : 80;
            return new InetSocketAddress(uri.getHost(), uri.getPort() > 0 ? uri.getPort() : usual);
        }

        @Override
        public Answer ask(Duration patience) throws InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(patience).build();
            try {
                int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                return new Answer(status < 400, "status " + status);
            } catch (IOException e) {
                return NO_ANSWER;
            }
        }
    }

    /** Ready when the port takes connections. */
    record Tcp(String host, int port) implements Readiness {

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(host, port);
        }

        @Override
        public Answer ask(Duration patience) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
                return new Answer(socket.isConnected(), "");
            } catch (IOException e) {
                return NO_ANSWER;
            }
        }
    }
}

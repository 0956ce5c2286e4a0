// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * Answers the head of each first request with the same words, whatever it is, and hangs up; with no words it says nothing,
 * takes no more, and does not hang up either.
 */
public final class RawServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final String answer;
    private final Duration delay;

    public RawServer(String answer) throws IOException {
        this(ServerSocketFactory.getDefault(), answer, Duration.ZERO);
    }

    /** One that answers only after a while, over sockets of any kind. */
    public RawServer(ServerSocketFactory sockets, String answer, Duration delay) throws IOException {
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answer = answer;
        this.delay = delay;
        FakeProxy.start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int connections() {
        return clients.size();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                FakeProxy.start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            client.getInputStream().read(new byte[1000]);
            Thread.sleep(delay.toMillis());
            if (!answer.isEmpty()) {
                client.getOutputStream().write(answer.getBytes(ISO_8859_1));
                client.shutdownOutput();
            }
        } catch (IOException e) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/** Stands before a server, and ends each connection after one answer, without having said that it would. */
public final class ClosingFront implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)");

    private final ServerSocket socket;
    private final int behind;
    private final long delay;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    /**
     * A front that is there at once.
     *
     * @param behind the port of the server, on this machine
     * @param delay for how long a connection stays open after the answer, in milliseconds
     */
    public ClosingFront(ServerSocketFactory sockets, int behind, long delay) throws IOException {
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.behind = behind;
        this.delay = delay;
        FakeProxy.start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How many connections were made. */
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
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            String head = head(client.getInputStream());
            byte[] body = client.getInputStream().readNBytes(length(head));
            send(server.getOutputStream(), head.replaceFirst("\r\n", "\r\nConnection: close\r\n"), body);
            String answer = head(server.getInputStream());
            byte[] rest = server.getInputStream().readAllBytes();
            send(client.getOutputStream(), answer.replaceAll("(?i)\r\nConnection: close", ""), rest);
            Thread.sleep(delay);
        } catch (IOException e) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(OutputStream out, String head, byte[] body) throws IOException {
        out.write(head.getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("gone");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}

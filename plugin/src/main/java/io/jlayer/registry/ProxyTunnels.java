// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Ways through proxies that want a password before they let HTTPS pass. Java's client says passwords to such a proxy only
 * where a property of the whole JVM allows it, which is not ours to set; so it talks to a door on this machine that puts
 * the password in and is otherwise deaf. The door opens to who has the ticket: other programs of this machine have not.
 */
final class ProxyTunnels implements Closeable {

    private static final int LONGEST_HEAD = 16 << 10;
    private static final int HEAD_MILLIS = 20_000;

    private final String ticket;
    private final Map<ProxyServer, ServerSocket> doors = new HashMap<>();

    ProxyTunnels() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        ticket = "Ticket " + HexFormat.of().formatHex(random);
    }

    /** The {@code Proxy-Authorization} by which the door knows us. */
    String ticket() {
        return ticket;
    }

    /** Where to connect instead of to the proxy. */
    synchronized InetSocketAddress entry(ProxyServer proxy) {
        ServerSocket door = doors.computeIfAbsent(proxy, this::open);
        return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
    }

    private ServerSocket open(ProxyServer proxy) {
        try {
            ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            start(() -> serve(door, proxy));
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(ServerSocket door, ProxyServer proxy) {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                start(() -> relay(client, proxy));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void relay(Socket client, ProxyServer proxy) {
        try (client;
                Socket server = new Socket()) {
            client.setSoTimeout(HEAD_MILLIS);
            String head = head(client.getInputStream());
            if (!head.contains(ticket)) {
                return;
            }
            client.setSoTimeout(0);
            server.connect(new InetSocketAddress(proxy.host(), proxy.port()), HEAD_MILLIS);
            String known = head.replace(ticket, Basic.of(proxy.credential().orElseThrow()));
            server.getOutputStream().write(known.getBytes(ISO_8859_1));
            Thread back = start(() -> pump(server, client));
            pump(client, server);
            back.join();
        } catch (IOException e) {
            // Both ends are closed by now, which tells the client all that it needs.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.size() > LONGEST_HEAD) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            abandon(from);
            abandon(to);
        }
    }

    private static void abandon(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "jlayer-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public synchronized void close() throws IOException {
        for (ServerSocket door : doors.values()) {
            door.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A proxy that lets tunnels through to one port of this machine, whatever they are asked for, if the password is right. */
public final class FakeProxy implements AutoCloseable {

    public final List<String> heads = new CopyOnWriteArrayList<>();

    private final ServerSocket socket;
    private final ProxyServer.Kind kind;
    private final int target;
    private final String authorization;

    /** What is done with who connects. */
    public interface Service {
        void serve(Socket client) throws IOException, InterruptedException;
    }

    public FakeProxy(int target, Credential.Password wanted) throws IOException {
        this(ServerSocketFactory.getDefault(), ProxyServer.Kind.HTTP, target, wanted);
    }

    /** One that talks TLS itself. */
    public FakeProxy(SSLContext tls, int target, Credential.Password wanted) throws IOException {
        this(tls.getServerSocketFactory(), ProxyServer.Kind.HTTPS, target, wanted);
    }

    private FakeProxy(ServerSocketFactory sockets, ProxyServer.Kind kind, int target, Credential.Password wanted)
            throws IOException {
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.kind = kind;
        this.target = target;
        this.authorization = Basic.of(wanted);
        start(() -> accept(socket, this::tunnel));
    }

    public ProxyServer server(Credential.Password shown) {
        return new ProxyServer(kind, "127.0.0.1", socket.getLocalPort(), Optional.of(shown));
    }

    public static void accept(ServerSocket socket, Service service) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start(() -> serve(client, service));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket client, Service service) {
        try (client) {
            service.serve(client);
        } catch (IOException e) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tunnel(Socket client) throws IOException, InterruptedException {
        String head = head(client.getInputStream());
        heads.add(head);
        if (!head.contains("Proxy-Authorization: " + authorization + "\r\n")) {
            answer(client, "407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0");
            return;
        }
        answer(client, "200 Go on");
        join(client, target);
    }

    /** Lets a client and a port of this machine talk until both are done. */
    static void join(Socket client, int target) throws IOException, InterruptedException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread back = start(() -> pump(server, client));
            pump(client, server);
            back.join();
        }
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + text + "\r\n\r\n").getBytes(ISO_8859_1));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Either end went away.
        }
    }

    public static Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * Asks a SOCKS 5 proxy to connect us to a server. Java's own way would take the password from what is set for the whole
 * JVM.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1928">RFC 1928, SOCKS 5</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1929">RFC 1929, Username/Password Authentication</a>
 */
final class Socks {

    private static final int VERSION = 5;
    private static final int NOBODY = 0;
    private static final int PASSWORD = 2;

    private final Socket socket;
    private final DataInputStream in;

    Socks(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream()); // unbuffered: what follows is the server's
    }

    /** Returns once the connection leads to the server. */
    void connect(String host, int port, ProxyServer proxy) throws IOException {
        String what = "go through the proxy " + proxy + " to " + host + ":" + port + ": ";
        Optional<Credential.Password> credential = proxy.credential();
        send(VERSION, credential.isPresent() ? 2 : 1, NOBODY, credential.isPresent() ? PASSWORD : -1);
        int version = in.readUnsignedByte();
        int method = in.readUnsignedByte();
        if (version != VERSION) {
            throw new FinalException(what + "it does not talk SOCKS 5");
        } else if (method == PASSWORD && credential.isPresent()) {
            logIn(what, credential.get());
        } else if (method != NOBODY) {
            throw ErrorText.refusal(what + "it wants to know who asks", 407).ofProxy();
        }
        ask(host, port, proxy.kind());
        int answer = answer();
        if (answer != 0) {
            throw refused(what, answer);
        }
    }

    private void logIn(String what, Credential.Password credential) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(1);
        writeShort(request, credential.username().getBytes(UTF_8));
        writeShort(request, credential.secret().getBytes(UTF_8));
        socket.getOutputStream().write(request.toByteArray());
        in.readUnsignedByte();
        if (in.readUnsignedByte() != 0) {
            throw ErrorText.refusal(what + "it does not know user and password", 407)
                    .ofProxy();
        }
    }

    /** A name is looked up by the proxy if it is to, else here. */
    private void ask(String host, int port, ProxyServer.Kind kind) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(VERSION);
        request.write(1); // connect
        request.write(0);
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        if (kind == ProxyServer.Kind.SOCKS_NAMES && !literal) {
            request.write(3);
            writeShort(request, host.getBytes(UTF_8));
        } else {
            byte[] address = InetAddress.getByName(host).getAddress();
            request.write(address.length == 4 ? 1 : 4);
            request.writeBytes(address);
        }
        request.write(port >> 8);
        request.write(port);
        socket.getOutputStream().write(request.toByteArray());
    }

    private static void writeShort(ByteArrayOutputStream request, byte[] text) throws IOException {
        if (text.length > 255) {
            throw new FinalException("a SOCKS proxy takes no name or password of more than 255 bytes");
        }
        request.write(text.length);
        request.writeBytes(text);
    }

    private int answer() throws IOException {
        in.readUnsignedByte();
        int code = in.readUnsignedByte();
        in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int length =
                switch (type) {
                    case 1 -> 4;
                    case 3 -> in.readUnsignedByte();
                    default -> 16;
                };
        if (code == 0) {
            in.readFully(new byte[length + 2]);
        }
        return code;
    }

    private static IOException refused(String what, int code) {
        return switch (code) {
            case 2 -> new FinalException(what + "it does not allow that");
            case 3, 4 -> new IOException(what + "it cannot reach it");
            case 5 -> new IOException(what + "nothing listens there");
            default -> new IOException(what + "it answered with " + code);
        };
    }

    private void send(int... bytes) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        for (int b : bytes) {
            if (b >= 0) {
                request.write(b);
            }
        }
        socket.getOutputStream().write(request.toByteArray());
    }
}

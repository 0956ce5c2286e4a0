// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS 5 proxy that connects to one port of this machine, whatever it is asked for. */
public final class FakeSocks implements AutoCloseable {

    /** Who was asked for: a name, or {@code /} and an address. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private final ServerSocket socket;
    private final int target;
    private final Optional<Credential.Password> wanted;

    /** A code that is not 0 is a refusal. */
    public volatile int answer;

    public FakeSocks(int target, Optional<Credential.Password> wanted) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.wanted = wanted;
        FakeProxy.start(() -> FakeProxy.accept(socket, this::serve));
    }

    public ProxyServer server(ProxyServer.Kind kind, Optional<Credential.Password> shown) {
        return new ProxyServer(kind, "127.0.0.1", socket.getLocalPort(), shown);
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        in.readUnsignedByte();
        byte[] methods = in.readNBytes(in.readUnsignedByte());
        int method = wanted.isPresent() ? 2 : 0;
        boolean offered = new String(methods, UTF_8).indexOf(method) >= 0;
        out.write(new byte[] {5, (byte) (offered ? method : 0xff)});
        if (!offered || (wanted.isPresent() && !isKnown(in, out))) {
            return;
        }
        in.readNBytes(3);
        int type = in.readUnsignedByte();
        asked.add(
                type == 3
                        ? new String(in.readNBytes(in.readUnsignedByte()), UTF_8)
                        : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16))
                                .toString());
        in.readUnsignedShort();
        out.write(new byte[] {5, (byte) answer, 0, 1, 127, 0, 0, 1, 0, 0});
        if (answer == 0) {
            FakeProxy.join(client, target);
        }
    }

    private boolean isKnown(DataInputStream in, OutputStream out) throws IOException {
        in.readUnsignedByte();
        String user = new String(in.readNBytes(in.readUnsignedByte()), UTF_8);
        String password = new String(in.readNBytes(in.readUnsignedByte()), UTF_8);
        boolean known = new Credential.Password(user, password).equals(wanted.orElseThrow());
        out.write(new byte[] {1, (byte) (known ? 0 : 1)});
        return known;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

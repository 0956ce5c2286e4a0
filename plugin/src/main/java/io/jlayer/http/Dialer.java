// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections: straight to the server, or through a proxy, which is talked to in its own way. Passwords of proxies
 * are told to the proxy alone, and need no property of the JVM. Safe for many threads.
 */
final class Dialer {

    private final HttpSettings settings;
    private final Set<Dialing> underWay = ConcurrentHashMap.newKeySet();
    private final Set<Route> silent = ConcurrentHashMap.newKeySet();
    private SSLContext strict;
    private SSLContext lax;

    Dialer(HttpSettings settings) {
        this.settings = settings;
    }

    /** Connects, and agrees on TLS where that is talked. Who kept silent for long once is not waited for as long again. */
    Connection dial(Route route) throws IOException {
        int millis = silent.contains(route) ? Math.max(1, connectMillis() / 4) : connectMillis();
        try {
            Connection connection = dial(route, millis);
            silent.remove(route);
            return connection;
        } catch (IOException e) {
            if (e instanceof StalledException || e.getCause() instanceof SocketTimeoutException) {
                silent.add(route);
            }
            throw e;
        }
    }

    private Connection dial(Route route, int millis) throws IOException {
        if (route.secure()) {
            context(route.host(), route.port()); // what is wrong here is told before anybody is asked
        }
        String host = route.proxy().map(ProxyServer::host).orElse(route.host());
        Socket wire = connect(host, route.proxy().map(ProxyServer::port).orElse(route.port()), millis);
        Dialing dialing = new Dialing(wire, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        underWay.add(dialing);
        try (dialing) {
            wire.setSoTimeout(millis);
            Socket socket = route.proxy().isPresent() ? through(route.proxy().get(), wire, route) : wire;
            if (route.secure()) {
                socket = secured(socket, route.host(), route.port());
            }
            return new Connection(route, wire, socket, settings.patience().stall());
        } catch (IOException e) {
            wire.close();
            throw e instanceof SocketTimeoutException || dialing.isLate()
                    ? new StalledException("no answer for " + millis + " ms while connecting to " + route.authority())
                    : e;
        } finally {
            underWay.remove(dialing);
        }
    }

    /** Ends all that is being dialed; from any thread. */
    void end() {
        underWay.forEach(Dialing::end);
    }

    /** Ends what has been dialing for too long; from any thread, now and then. */
    void closeLate() {
        underWay.forEach(Dialing::closeIfLate);
    }

    private int connectMillis() {
        return (int) Math.max(1, settings.patience().connect().toMillis());
    }

    /** Tries one address of the host after the other. */
    private Socket connect(String host, int port, int millis) throws IOException {
        IOException failure = new ConnectException("no address");
        for (InetAddress address : InetAddress.getAllByName(host)) {
            // A channel's socket, since that lets go of its thread when it is interrupted.
            SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.socket().connect(new InetSocketAddress(address, port), millis);
                return channel.socket();
            } catch (IOException e) {
                channel.close();
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failure = e;
            }
        }
        throw (IOException) new ConnectException(failure.getMessage()).initCause(failure);
    }

    private Socket through(ProxyServer proxy, Socket wire, Route route) throws IOException {
        if (proxy.kind().isSocks()) {
            new Socks(wire).connect(route.host(), route.port(), proxy);
            return wire;
        }
        Socket socket = proxy.kind() == ProxyServer.Kind.HTTPS ? secured(wire, proxy.host(), proxy.port()) : wire;
        if (route.isTunnel()) {
            tunnel(proxy, socket, route);
        }
        return socket;
    }

    private static void tunnel(ProxyServer proxy, Socket socket, Route route) throws IOException {
        String authorization = proxy.credential()
                .map(password -> "Proxy-Authorization: " + Basic.of(password) + "\r\n")
                .orElse("");
        String request = "CONNECT " + route.authority() + " HTTP/1.1\r\nHost: " + route.authority() + "\r\n"
                + authorization + "\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        ResponseHead head = ResponseHead.read(socket.getInputStream()); // byte by byte: what follows is the server's
        if (head.status() / 100 != 2) {
            throw ErrorText.proxyRefusal(
                    "go through the proxy " + proxy + " to " + route.authority(), head.status(), proxy);
        }
    }

    private Socket secured(Socket socket, String host, int port) throws IOException {
        SSLSocket secure = (SSLSocket) context(host, port).getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        try {
            secure.startHandshake();
        } catch (SSLException e) {
            throw Trust.failure(host, port, e);
        }
        return secure;
    }

    private synchronized SSLContext context(String host, int port) throws IOException {
        if (Hosts.named(settings.insecureHosts(), host, port)) {
            lax = lax == null ? Trust.lax() : lax;
            return lax;
        }
        strict = strict == null ? Trust.strict(settings.caBundle()) : strict;
        return strict;
    }
}

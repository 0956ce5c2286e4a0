// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sends one request and gives its answer, whatever that is: follows nothing, repeats nothing, proves nothing. */
final class Http implements Closeable {

    private static final String AGENT = "jlayer";

    private final RegistrySettings settings;
    private final Connections connections;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();

    Http(RegistrySettings settings) {
        this.settings = settings;
        this.connections = new Connections(settings);
    }

    /** Requests that were sent up to now. */
    int requests() {
        return requests.get();
    }

    /** Bytes of bodies that were sent up to now, in vain or not. */
    long sent() {
        return sent.get();
    }

    Answer send(Call call) throws IOException {
        check(call);
        requests.incrementAndGet();
        Optional<UploadBody.Sending> sending = call.body().map(UploadBody::begin);
        Duration stall = settings.patience().stall();
        try {
            HttpResponse<InputStream> response = await(
                    connections.client(call.uri()).sendAsync(request(call, sending), info -> new StreamedBody(stall)),
                    sending);
            // A proxy that lets no tunnel through answers without a body.
            InputStream body = response.body() == null ? InputStream.nullInputStream() : response.body();
            return new Answer(call.uri(), response.statusCode(), response.headers(), body);
        } catch (IOException e) {
            throw failure(call, e, sending);
        } finally {
            if (sending.isPresent()) {
                sent.addAndGet(sending.get().sent());
                sending.get().end();
            }
        }
    }

    private void check(Call call) throws IOException {
        if (settings.offline()) {
            throw new OfflineException("the network is not used while offline");
        }
        if (!call.uri().getScheme().equals("https") && !mayBePlain(call.uri())) {
            throw new FinalException(ErrorText.of(call.uri())
                    + ": plain HTTP is used only on this machine and with hosts that insecureRegistries names");
        }
    }

    /** Whether a host may be talked to without TLS. */
    boolean mayBePlain(URI uri) {
        return Hosts.isLoopback(uri.getHost()) || Hosts.named(settings.insecureHosts(), uri);
    }

    private HttpRequest request(Call call, Optional<UploadBody.Sending> sending) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .method(
                        call.method(),
                        sending.map(UploadBody.Sending::publisher).orElseGet(BodyPublishers::noBody))
                .setHeader("User-Agent", AGENT);
        call.headers().forEach(request::setHeader);
        connections.proxyAuthorization(call.uri()).ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        return request.build();
    }

    /** Waits as long as bytes go out, and then for the answer's head. */
    private HttpResponse<InputStream> await(
            CompletableFuture<HttpResponse<InputStream>> future, Optional<UploadBody.Sending> sending)
            throws IOException {
        long begin = System.nanoTime();
        try {
            while (true) {
                boolean sent = sending.isPresent() && sending.get().finished();
                Duration limit = sent
                        ? settings.patience().answer()
                        : settings.patience().stall();
                long since = sending.map(UploadBody.Sending::lastProgress).orElse(begin);
                long left = limit.toNanos() - (System.nanoTime() - since);
                if (left <= 0) {
                    future.cancel(true);
                    throw new HttpTimeoutException("no answer for " + limit.toMillis() + " ms");
                }
                try {
                    return future.get(left, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    // Bytes may have gone meanwhile; then there is time left again.
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private static IOException failure(Call call, IOException cause, Optional<UploadBody.Sending> sending) {
        if (cause instanceof InterruptedIOException || cause instanceof FinalException) {
            return cause;
        }
        Optional<IOException> local = sending.flatMap(UploadBody.Sending::localFailure);
        if (local.isPresent()) {
            return new FinalException("read what is to be sent: " + local.get().getMessage(), local.get());
        }
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof CertificateException) {
                return new FinalException(
                        "the certificate of " + Hosts.authority(call.uri()) + " is not trusted: " + mistrust(reason),
                        cause);
            }
        }
        return new IOException(reason(call.uri(), cause), cause);
    }

    /** Java speaks of paths and targets where nobody signed whom it knows. */
    private static String mistrust(Throwable reason) {
        for (Throwable at = reason; at != null; at = at.getCause()) {
            if (at instanceof CertPathBuilderException) {
                return "nobody signed it whom this Java trusts";
            }
        }
        return reason.getMessage();
    }

    private static String reason(URI uri, IOException cause) {
        if (cause instanceof ConnectException) {
            for (Throwable at = cause; at != null; at = at.getCause()) {
                if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
                    return "cannot connect to " + Hosts.authority(uri) + ": its name is not known";
                }
            }
            return "cannot connect to " + Hosts.authority(uri);
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}

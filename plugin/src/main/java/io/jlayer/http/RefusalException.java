// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says that a registry, or something before it, answered with a refusal. The message holds no secret. */
public final class RefusalException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> codes;
    private final transient Optional<Duration> retryAfter;
    private final boolean anonymous;
    private final boolean byProxy;
    private final transient Optional<URI> server;
    private final transient Optional<String> shown;

    public RefusalException(String message, int status, List<String> codes, Optional<Duration> retryAfter) {
        super(message);
        this.status = status;
        this.codes = List.copyOf(codes);
        this.retryAfter = retryAfter;
        this.anonymous = false;
        this.byProxy = false;
        this.server = Optional.empty();
        this.shown = Optional.empty();
    }

    private RefusalException(
            String message,
            RefusalException other,
            boolean anonymous,
            boolean byProxy,
            Optional<URI> server,
            Optional<String> shown) {
        super(message);
        this.status = other.status;
        this.codes = other.codes;
        this.retryAfter = other.retryAfter;
        this.anonymous = anonymous;
        this.byProxy = byProxy;
        this.server = server;
        this.shown = shown;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The specification's error codes, such as {@code MANIFEST_UNKNOWN}, if the registry gave any. */
    public List<String> codes() {
        return codes;
    }

    /** Whether nothing was known that could say who asks. */
    public boolean anonymous() {
        return anonymous;
    }

    /** How long the registry wants to be left alone. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether it was a proxy on the way that refused. */
    public boolean byProxy() {
        return byProxy;
    }

    /** Whether other requests would be refused likewise. */
    public boolean concernsAll() {
        return passing() || status == 401 || byProxy;
    }

    /** Whether the same request may fare better later. */
    public boolean passing() {
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> (status >= 520 && status < 530) || codes.contains("TOOMANYREQUESTS"); // 52x: between us and it
        };
    }

    /** What was shown of us to the server that refused; empty if nothing was. */
    public Optional<String> shown() {
        return shown;
    }

    /** The server that refused, which redirects may have led to; empty if that is not known. */
    public String host() {
        return server.map(Hosts::authority).orElse("");
    }

    /** Whether it was the server of an address that refused. */
    public boolean by(URI address) {
        return server.isEmpty() || Hosts.sameOrigin(server.get(), address);
    }

    public RefusalException saying(String message) {
        return caused(new RefusalException(message, this, anonymous, byProxy, server, shown));
    }

    /** The same, since nobody said who asks. */
    public RefusalException toNobody(String message) {
        return caused(new RefusalException(message, this, true, byProxy, server, shown));
    }

    /** The same, of a server that was shown something. */
    RefusalException of(URI address, Optional<Credential> credential) {
        return new RefusalException(
                getMessage(),
                this,
                anonymous,
                byProxy,
                Optional.of(address.resolve("/")),
                credential.map(Credential::description));
    }

    /** The same, of a proxy. */
    RefusalException ofProxy() {
        return new RefusalException(getMessage(), this, anonymous, true, server, shown);
    }

    private RefusalException caused(RefusalException other) {
        other.initCause(this);
        return other;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How servers are reached.
 *
 * @param insecureHosts {@code host} or {@code host:port} that may talk without TLS, or with any certificate
 * @param proxies what is between
 * @param caBundle certificates in PEM that are believed besides Java's own
 * @param offline whether nothing may be asked at all
 * @param patience how long to wait
 */
public record HttpSettings(
        Set<String> insecureHosts, Proxies proxies, Optional<Path> caBundle, boolean offline, Patience patience) {

    /** Straight to the server, by its certificate. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(Set.of(), Proxies.NONE, Optional.empty(), false, Patience.DEFAULT);

    public HttpSettings {
        insecureHosts = Set.copyOf(insecureHosts);
    }

    public HttpSettings withInsecureHosts(Set<String> other) {
        return new HttpSettings(other, proxies, caBundle, offline, patience);
    }

    public HttpSettings withProxies(Proxies other) {
        return new HttpSettings(insecureHosts, other, caBundle, offline, patience);
    }

    public HttpSettings withCaBundle(Path other) {
        return new HttpSettings(insecureHosts, proxies, Optional.of(other), offline, patience);
    }

    public HttpSettings withOffline(boolean other) {
        return new HttpSettings(insecureHosts, proxies, caBundle, other, patience);
    }

    public HttpSettings withPatience(Patience other) {
        return new HttpSettings(insecureHosts, proxies, caBundle, offline, other);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.http.Hosts;
import java.net.URI;

/**
 * Where a registry listens.
 *
 * @param registry its name, as credentials are kept under it
 * @param base address of its API, without what comes after {@code /v2/}
 */
record RegistryEndpoint(String registry, URI base) {

    static RegistryEndpoint of(String registry, String scheme) {
        return new RegistryEndpoint(registry, URI.create(scheme + "://" + Hosts.server(registry) + "/v2/"));
    }

    URI uri(String path) {
        return base.resolve(path);
    }

    /** Whether an address is on this server, so that it may be told who asks. */
    boolean owns(URI uri) {
        return Hosts.sameOrigin(base, uri);
    }

    /**
     * An address that the registry gave, spelled as this server is reached: one behind a proxy that does TLS often does not
     * know that, and says {@code http}.
     */
    URI own(URI given) {
        boolean sameHost = Hosts.host(given).equalsIgnoreCase(Hosts.host(base));
        boolean downgraded =
                base.getScheme().equals("https") && given.getScheme().equalsIgnoreCase("http");
        if (!sameHost || !downgraded) {
            return given;
        }
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return base.resolve(given.getRawPath() + query);
    }
}

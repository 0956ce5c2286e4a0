// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.http.Answer;
import io.jlayer.http.Call;
import io.jlayer.http.FinalException;
import io.jlayer.http.Hosts;
import io.jlayer.http.Http;
import io.jlayer.http.HttpSettings;
import io.jlayer.http.NoTlsException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out where registries listen: by TLS, except that on this machine plain HTTP is tried first, and after TLS with
 * hosts that may go without. Nothing is told to them in trying.
 */
final class Endpoints {

    private final Http http;
    private final HttpSettings settings;
    private final Map<String, RegistryEndpoint> known = new HashMap<>();

    Endpoints(Http http, HttpSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    /** The endpoint of a registry, by its name as in references. */
    synchronized RegistryEndpoint of(String registry) throws IOException {
        RegistryEndpoint endpoint = known.get(registry);
        if (endpoint == null) {
            endpoint = found(registry);
            known.put(registry, endpoint);
        }
        return endpoint;
    }

    private RegistryEndpoint found(String registry) throws IOException {
        RegistryEndpoint secure = RegistryEndpoint.of(registry, "https");
        if (settings.offline() || !http.mayBePlain(secure.base())) {
            return secure;
        }
        RegistryEndpoint plain = RegistryEndpoint.of(registry, "http");
        boolean insecure = Hosts.named(settings.insecureHosts(), secure.base());
        for (RegistryEndpoint endpoint : insecure ? List.of(secure, plain) : List.of(plain, secure)) {
            if (answers(endpoint)) {
                return endpoint;
            }
        }
        return insecure ? secure : plain;
    }

    private boolean answers(RegistryEndpoint endpoint) throws IOException {
        try (Answer answer = http.send(Call.of("GET", endpoint.base())).remembered()) {
            return answer.status() != 400; // what servers of TLS say to who does not speak it
        } catch (NoTlsException e) {
            return false;
        } catch (FinalException e) {
            // A certificate that is not believed: something is there, and speaks TLS.
            return endpoint.base().getScheme().equals("https");
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }
}

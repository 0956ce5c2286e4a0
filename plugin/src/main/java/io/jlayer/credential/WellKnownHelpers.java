// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import io.jlayer.http.Credential;
import io.jlayer.http.Hosts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The helpers that clouds give to their users: asked for their clouds' registries, where they are installed. */
public final class WellKnownHelpers implements Credentials {

    private final CredentialHelpers helpers;

    public WellKnownHelpers(CredentialHelpers helpers) {
        this.helpers = helpers;
    }

    @Override
    public Optional<Credential> find(String registry, String repository) throws IOException {
        for (String name : names(registry)) {
            if (helpers.has(name)) {
                Optional<Credential> found = helpers.ask(name, Hosts.canonical(registry));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> names(String registry) {
        String host = Hosts.withoutPort(Hosts.canonical(registry));
        List<String> names = new ArrayList<>();
        if (host.equals("gcr.io") || host.endsWith(".gcr.io") || host.endsWith(".pkg.dev")) {
            names.addAll(List.of("gcr", "gcloud"));
        } else if (host.endsWith(".amazonaws.com")
                || host.endsWith(".amazonaws.com.cn")
                || host.equals("public.ecr.aws")) {
            names.add("ecr-login");
        } else if (host.endsWith(".azurecr.io")) {
            names.addAll(List.of("acr-env", "acr-linux"));
        } else if (host.equals("ghcr.io")) {
            names.addAll(List.of("ghcr-login", "ghcr"));
        }
        return names;
    }
}

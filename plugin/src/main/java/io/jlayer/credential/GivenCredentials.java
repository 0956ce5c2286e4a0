// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

import io.jlayer.http.Credential;
import io.jlayer.http.Hosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Credentials that somebody names with the registry, or the part of it, that they are for. The longest name decides. */
public final class GivenCredentials implements Credentials {

    private final List<Entry> entries;

    /**
     * One of them.
     *
     * @param scope {@code host[:port]}, or that with the start of a repository's path
     * @param credential the credential
     */
    public record Entry(String scope, Credential credential) {}

    public GivenCredentials(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    @Override
    public Optional<Credential> find(String registry, String repository) {
        for (String name : names(registry, repository)) {
            for (Entry entry : entries) {
                if (normalized(entry.scope()).equals(name)) {
                    return Optional.of(entry.credential());
                }
            }
        }
        return Optional.empty();
    }

    /** The names under which a repository's credential may be kept, the most particular first. */
    static List<String> names(String registry, String repository) {
        List<String> names = new ArrayList<>();
        String name = Hosts.canonical(registry) + "/" + repository;
        while (name.indexOf('/') >= 0) {
            names.add(name);
            name = name.substring(0, name.lastIndexOf('/'));
        }
        names.add(name);
        return names;
    }

    /** A key without the scheme and the version that some write around a host, and with one name for Docker's registry. */
    static String normalized(String key) {
        String bare = key.strip().replaceFirst("^https?://", "").replaceFirst("/+$", "");
        int slash = bare.indexOf('/');
        String host = Hosts.canonical(slash < 0 ? bare : bare.substring(0, slash));
        String path = slash < 0 ? "" : bare.substring(slash);
        return path.matches("/v[12]") ? host : host + path;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request, before anybody says who sends it. Shows itself without headers and query, which may hold secrets.
 *
 * @param method in capitals
 * @param uri absolute
 * @param headers by name
 * @param body what is sent along; read anew for each attempt
 * @param shown what is shown of us, in a header or in the body; nothing where anybody could ask so
 * @param secrets what it says that no answer to it is to be quoted with, in all forms in which it went out
 */
public record Call(
        String method,
        URI uri,
        SortedMap<String, String> headers,
        Optional<UploadBody> body,
        Optional<Credential> shown,
        Set<String> secrets) {

    public Call {
        SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableSortedMap(copy);
        secrets = Set.copyOf(secrets);
    }

    public static Call of(String method, URI uri) {
        return new Call(method, uri, Collections.emptySortedMap(), Optional.empty(), Optional.empty(), Set.of());
    }

    public Call with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        boolean proves = name.equalsIgnoreCase("Authorization");
        return new Call(
                method,
                uri,
                more,
                body,
                shown,
                proves ? secretsAnd(List.of(value.substring(value.indexOf(' ') + 1))) : secrets);
    }

    private Set<String> secretsAnd(Collection<String> more) {
        Set<String> all = new HashSet<>(secrets);
        more.forEach(secret -> {
            if (!secret.isEmpty()) {
                all.add(secret);
            }
        });
        return all;
    }

    /** Without what only the server may see that asked for it; the body is the caller's business. */
    Call toStrangers() {
        SortedMap<String, String> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fewer.putAll(headers);
        fewer.remove("Authorization");
        fewer.remove("Cookie");
        return new Call(method, uri, fewer, body, Optional.empty(), secrets);
    }

    /** Notes what it shows of us. */
    public Call showing(Credential credential) {
        return new Call(method, uri, headers, body, Optional.of(credential), secretsAnd(credential.spellings()));
    }

    public Call with(UploadBody content) {
        return new Call(method, uri, headers, Optional.of(content), shown, secrets);
    }

    Call to(URI other) {
        return new Call(method, other, headers, body, shown, secrets);
    }

    @Override
    public String toString() {
        return method + " " + ErrorText.of(uri);
    }
}

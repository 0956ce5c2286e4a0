// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.net.URI;
import java.util.Collections;
import java.util.Optional;
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
 */
public record Call(
        String method,
        URI uri,
        SortedMap<String, String> headers,
        Optional<UploadBody> body,
        Optional<Credential> shown) {

    public Call {
        SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableSortedMap(copy);
    }

    public static Call of(String method, URI uri) {
        return new Call(method, uri, Collections.emptySortedMap(), Optional.empty(), Optional.empty());
    }

    public Call with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Call(method, uri, more, body, shown);
    }

    /** Without what only the server may see that asked for it; the body is the caller's business. */
    Call toStrangers() {
        SortedMap<String, String> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fewer.putAll(headers);
        fewer.remove("Authorization");
        fewer.remove("Cookie");
        return new Call(method, uri, fewer, body, Optional.empty());
    }

    /** Notes what it shows of us. */
    public Call showing(Credential credential) {
        return new Call(method, uri, headers, body, Optional.of(credential));
    }

    public Call with(UploadBody content) {
        return new Call(method, uri, headers, Optional.of(content), shown);
    }

    Call to(URI other) {
        return new Call(method, other, headers, body, shown);
    }

    @Override
    public String toString() {
        return method + " " + ErrorText.of(uri);
    }
}

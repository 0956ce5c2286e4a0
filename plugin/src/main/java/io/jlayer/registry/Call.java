// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

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
 */
record Call(String method, URI uri, SortedMap<String, String> headers, Optional<UploadBody> body) {

    Call {
        SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableSortedMap(copy);
    }

    static Call of(String method, URI uri) {
        return new Call(method, uri, Collections.emptySortedMap(), Optional.empty());
    }

    Call with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Call(method, uri, more, body);
    }

    Call without(String name) {
        SortedMap<String, String> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fewer.putAll(headers);
        fewer.remove(name);
        return new Call(method, uri, fewer, body);
    }

    Call with(UploadBody content) {
        return new Call(method, uri, headers, Optional.of(content));
    }

    Call to(URI other) {
        return new Call(method, other, headers, body);
    }

    @Override
    public String toString() {
        return method + " " + ErrorText.of(uri);
    }
}

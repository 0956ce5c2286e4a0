// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.http.Call;
import io.jlayer.http.ErrorText;
import java.net.URI;
import java.util.List;
import java.util.StringJoiner;

/**
 * An upload that a registry began. Shows itself without query and cookie, which may hold secrets.
 *
 * @param uri where the bytes go, with its query as it was given
 * @param cookie what the registry wants to hear again: one of several servers may be the only one that knows the upload
 */
record UploadSession(URI uri, String cookie) {

    /** Reads {@code Set-Cookie} headers; an upload is too short to mind when a cookie ends. */
    static String cookie(List<String> set) {
        StringJoiner cookies = new StringJoiner("; ");
        for (String header : set) {
            String pair = header.split(";", 2)[0].strip();
            if (pair.indexOf('=') > 0) {
                cookies.add(pair);
            }
        }
        return cookies.toString();
    }

    /** The request that ends the upload of a blob. */
    Call put(String digest) {
        StringJoiner query = new StringJoiner("&", "?", "");
        String given = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String parameter : given.split("&", -1)) {
            if (!parameter.isEmpty() && !parameter.startsWith("digest=")) { // that would be taken for ours
                query.add(parameter);
            }
        }
        String address = uri.toString().replaceFirst("[?#].*", "");
        URI whole = URI.create(address + query.add("digest=" + digest));
        Call call = Call.of("PUT", whole).with("Content-Type", "application/octet-stream");
        return cookie.isEmpty() ? call : call.with("Cookie", cookie);
    }

    @Override
    public String toString() {
        return ErrorText.of(uri);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.io.IOException;
import java.net.URI;

/** Writes what stands before the body of a request. */
final class RequestHead {

    private static final String AGENT = "jlayer";

    private RequestHead() {}

    static String of(Call call, Route route) throws IOException {
        StringBuilder head = new StringBuilder(400);
        URI uri = URI.create(call.uri().toASCIIString());
        String path = (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String target = route.isAskedByProxy() ? "http://" + Hosts.authority(uri) + path : path;
        head.append(call.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
        add(head, "Host", Hosts.authority(uri));
        add(head, "User-Agent", AGENT);
        if (call.method().equals("GET")) {
            add(head, "Accept-Encoding", "identity"); // digests are of bytes as they are
        }
        for (var header : call.headers().entrySet()) {
            add(head, header.getKey(), header.getValue());
        }
        if (route.isAskedByProxy() && route.proxy().orElseThrow().credential().isPresent()) {
            add(
                    head,
                    "Proxy-Authorization",
                    Basic.of(route.proxy().orElseThrow().credential().orElseThrow()));
        }
        if (call.body().isPresent()
                || !(call.method().equals("GET") || call.method().equals("HEAD"))) {
            add(
                    head,
                    "Content-Length",
                    String.valueOf(call.body().map(UploadBody::size).orElse(0L)));
        }
        return head.append("\r\n").toString();
    }

    private static void add(StringBuilder head, String name, String value) throws IOException {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                throw new FinalException("the header " + name + " cannot hold what it was to"); // which may be secret
            }
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A request as it came. */
@SuppressWarnings("ArrayRecordComponent")
public record FakeRequest(String method, URI uri, Map<String, String> headers, byte[] body) {

    static FakeRequest of(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new FakeRequest(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
    }

    String path() {
        return uri.getPath();
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The query's parameters; those that are there twice are joined by a space. */
    Map<String, String> query() {
        return parameters(Optional.ofNullable(uri.getRawQuery()).orElse(""));
    }

    Map<String, String> form() {
        return parameters(new String(body, UTF_8));
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        Pattern.compile("&")
                .splitAsStream(text)
                .filter(part -> part.contains("="))
                .forEach(part -> {
                    String name = part.substring(0, part.indexOf('='));
                    String value = URLDecoder.decode(part.substring(part.indexOf('=') + 1), UTF_8);
                    parameters.merge(name, value, (a, b) -> a + " " + b);
                });
        return parameters;
    }

    public boolean is(String wantedMethod, String pathPattern) {
        return method.equals(wantedMethod) && path().matches(pathPattern);
    }

    @Override
    public String toString() {
        return method + " " + path();
    }
}

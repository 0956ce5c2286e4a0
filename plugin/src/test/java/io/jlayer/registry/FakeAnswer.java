// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;

/** What a fake server says. */
final class FakeAnswer {

    private final HttpExchange exchange;
    private int cutAfter = Integer.MAX_VALUE;

    FakeAnswer(HttpExchange exchange) {
        this.exchange = exchange;
    }

    void header(String name, String value) {
        exchange.getResponseHeaders().add(name, value);
    }

    /** Breaks off after so many bytes of the body. */
    void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    void send(int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            header("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(Arrays.copyOf(body, Math.min(body.length, cutAfter)));
            exchange.getResponseBody().flush();
        }
    }

    void refuse(int status, String code) throws IOException {
        header("Content-Type", "application/json");
        send(status, ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"no\"}]}").getBytes(UTF_8));
    }
}

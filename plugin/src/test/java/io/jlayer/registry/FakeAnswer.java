// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;

/** What a fake server says. */
public final class FakeAnswer {

    private final HttpExchange exchange;
    private int cutAfter = Integer.MAX_VALUE;
    private boolean lengthOmitted;
    private int pauseMillis;

    FakeAnswer(HttpExchange exchange) {
        this.exchange = exchange;
    }

    public void header(String name, String value) {
        exchange.getResponseHeaders().add(name, value);
    }

    /** Breaks off after so many bytes of the body. */
    void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    /** Does not say in an answer without a body how long that would be, nor in another how long it is. */
    void omitLength() {
        lengthOmitted = true;
    }

    /** Sends a body byte by byte. */
    void trickle(int millis) {
        pauseMillis = millis;
    }

    public void send(int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head && !lengthOmitted) {
            header("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : lengthOmitted ? 0 : body.length);
        if (!head && body.length > 0) {
            for (int i = 0; pauseMillis > 0 && i < body.length; i++) {
                pause();
                exchange.getResponseBody().write(body, i, 1);
                exchange.getResponseBody().flush();
            }
            exchange.getResponseBody().write(Arrays.copyOf(body, Math.min(body.length, cutAfter)));
            exchange.getResponseBody().flush();
        }
    }

    private void pause() throws InterruptedIOException {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    void refuse(int status, String code) throws IOException {
        header("Content-Type", "application/json");
        send(status, ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"no\"}]}").getBytes(UTF_8));
    }
}

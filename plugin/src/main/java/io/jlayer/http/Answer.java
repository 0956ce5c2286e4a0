// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What came back. To be closed; a connection whose answer was read to its end is used again. */
public final class Answer implements Closeable {

    /** What refusals may say. */
    private static final int LARGEST_REFUSAL = 64 << 10;

    private final Call call;
    private final ResponseHead head;
    private final InputStream body;
    private byte[] memory = {};

    Answer(Call call, ResponseHead head, InputStream body) {
        this.call = call;
        this.head = head;
        this.body = body;
    }

    /** Whose answer it is, after redirects. */
    public URI uri() {
        return call.uri();
    }

    /** What was shown of us to the server that gave it. */
    Optional<Credential> shown() {
        return call.shown();
    }

    public int status() {
        return head.status();
    }

    public Optional<String> header(String name) {
        return head.first(name);
    }

    public List<String> headers(String name) {
        return head.all(name);
    }

    public InputStream body() {
        return body;
    }

    /**
     * The whole body, if it is not larger than {@code limit} bytes; then the answer is done with. What was packed on its way,
     * as some proxies do unasked, is unpacked.
     */
    public byte[] bytes(int limit) throws IOException {
        try (InputStream in = isPacked() ? new GZIPInputStream(body) : body) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new FinalException(
                        "the answer of " + ErrorText.of(uri()) + " is larger than " + limit + " bytes");
            }
            return bytes;
        }
    }

    private boolean isPacked() {
        return header("Content-Encoding").orElse("").toLowerCase(Locale.ROOT).endsWith("gzip");
    }

    /**
     * This answer with its body, or the start of one that is too long, in memory, and no connection behind it. What
     * the request said that is secret is not in it, should the server repeat that.
     */
    public Answer remembered() throws IOException {
        String text;
        try (InputStream in = body) {
            text = new String(in.readNBytes(LARGEST_REFUSAL), UTF_8);
        }
        byte[] bytes = masked(text).getBytes(UTF_8);
        Answer other = new Answer(call, head, new ByteArrayInputStream(bytes));
        other.memory = bytes;
        return other;
    }

    /** Something of this answer, without the request's secrets: longer ones first, as they may hold others. */
    String masked(String text) {
        List<String> longestFirst = new ArrayList<>(call.secrets());
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        String masked = text;
        for (String secret : longestFirst) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }

    /** What {@link #remembered} kept. */
    byte[] memory() {
        return memory;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}

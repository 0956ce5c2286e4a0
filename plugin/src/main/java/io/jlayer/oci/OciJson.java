// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/**
 * Reads and writes the JSON documents of the specifications.
 *
 * <p>Reading is strict, since the bytes may be hostile: one object, no member twice, nesting and sizes bounded. Writing
 * gives the same bytes for equal objects on every machine.
 */
public final class OciJson {

    /** More than any real manifest or config needs, and little enough to hold. */
    public static final int MAX_DOCUMENT_BYTES = 8 << 20;

    private OciJson() {}

    /**
     * Reads a document of UTF-8 bytes.
     *
     * @throws IllegalArgumentException if it is not exactly one JSON object, saying where
     */
    public static JsonObject parse(byte[] document) {
        try {
            return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the JSON document is not UTF-8", e);
        }
    }

    /** As {@link #parse(byte[])}. */
    public static JsonObject parse(String document) {
        if (!(JsonReader.read(document) instanceof JsonObject object)) {
            throw new IllegalArgumentException("the JSON document is not an object");
        }
        return object;
    }

    /**
     * Reads a document of UTF-8 bytes that is a list of objects.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static List<JsonObject> parseList(byte[] document) {
        Object value = JsonReader.read(new String(document, UTF_8));
        if (!(value instanceof List<?> list) || !list.stream().allMatch(JsonObject.class::isInstance)) {
            throw new IllegalArgumentException("the JSON document is not a list of objects");
        }
        return list.stream().map(JsonObject.class::cast).toList();
    }

    /** Compact JSON, the form that is hashed. */
    public static String write(JsonObject object) {
        return new JsonWriter(false).write(object);
    }

    /** Indented JSON with a line break at the end, for people. */
    public static String writeIndented(JsonObject object) {
        return new JsonWriter(true).write(object) + "\n";
    }
}

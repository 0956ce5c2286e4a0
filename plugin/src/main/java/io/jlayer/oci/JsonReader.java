// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads JSON that may be hostile: one value, no member twice, nesting and sizes bounded. */
final class JsonReader {

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxDocumentLength(OciJson.MAX_DOCUMENT_BYTES)
                    .build())
            .build();

    private JsonReader() {}

    /**
     * Reads the value that a text is, in the forms that {@link JsonObject} holds.
     *
     * @throws IllegalArgumentException if it is not exactly one, saying where
     */
    static Object read(String document) {
        try (JsonParser parser = FACTORY.createParser(document)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("the JSON document is empty");
            }
            Object value = readValue(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("there is more after the end of the JSON document");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("broken JSON: " + e.getOriginalMessage() + where(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static JsonObject readObject(JsonParser parser) throws IOException {
        LinkedHashMap<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, readValue(parser));
        }
        return new JsonObject(members);
    }

    private static Object readValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            default -> parser.getDecimalValue();
        };
    }

    private static List<Object> readArray(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(readValue(parser));
        }
        return Collections.unmodifiableList(items);
    }
}

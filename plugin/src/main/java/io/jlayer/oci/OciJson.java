// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes the JSON documents of the specifications.
 *
 * <p>Reading is strict, since the bytes may be hostile: one object, no member twice, nesting and sizes bounded. Writing
 * gives the same bytes for equal objects on every machine.
 */
public final class OciJson {

    /** More than any real manifest or config needs, and little enough to hold. */
    public static final int MAX_DOCUMENT_BYTES = 8 << 20;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxDocumentLength(MAX_DOCUMENT_BYTES)
                    .build())
            .build();

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
        if (!(parseValue(document) instanceof JsonObject object)) {
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
        Object value = parseValue(new String(document, UTF_8));
        if (!(value instanceof List<?> list) || !list.stream().allMatch(JsonObject.class::isInstance)) {
            throw new IllegalArgumentException("the JSON document is not a list of objects");
        }
        return list.stream().map(JsonObject.class::cast).toList();
    }

    private static Object parseValue(String document) {
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

    /** Compact JSON, the form that is hashed. */
    public static String write(JsonObject object) {
        return write(object, false);
    }

    /** Indented JSON with a line break at the end, for people. */
    public static String writeIndented(JsonObject object) {
        return write(object, true) + "\n";
    }

    private static String write(JsonObject object, boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            if (indented) {
                DefaultIndenter lines = new DefaultIndenter("  ", "\n");
                generator.setPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            }
            writeValue(generator, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeValue(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof JsonObject object) {
            generator.writeStartObject();
            for (Map.Entry<String, Object> member : object.members().entrySet()) {
                generator.writeFieldName(member.getKey());
                writeValue(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object item : list) {
                writeValue(generator, item);
            }
            generator.writeEndArray();
        } else if (value instanceof Number number) {
            generator.writeNumber(number.toString());
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString((String) value);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.List;
import java.util.Map;

/**
 * Writes JSON, of which digests are made: so its bytes are decided here, and not by the version of a library. They are what
 * RFC 8259 wants, with nothing escaped that need not be. For one document.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, section 7</a>
 */
final class JsonWriter {

    private static final String HEX = "0123456789ABCDEF";
    private static final int LAST_CONTROL = 0x1f;

    private final StringBuilder text = new StringBuilder(1024);
    private final boolean indented;
    private int depth;

    /** Compact, or {@code indented} for people to read. */
    JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /** The text of an object. */
    String write(JsonObject object) {
        value(object);
        return text.toString();
    }

    private void value(Object value) {
        if (value instanceof JsonObject object) {
            object(object.members());
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof String words) {
            string(words);
        } else {
            text.append(value); // a number, true, false or null
        }
    }

    private void object(Map<String, Object> members) {
        text.append('{');
        depth++;
        boolean first = true;
        for (Map.Entry<String, Object> member : members.entrySet()) {
            separate(first);
            first = false;
            string(member.getKey());
            text.append(indented ? " : " : ":");
            value(member.getValue());
        }
        end(first, '}');
    }

    private void list(List<?> items) {
        text.append('[');
        depth++;
        boolean first = true;
        for (Object item : items) {
            separate(first);
            first = false;
            value(item);
        }
        end(first, ']');
    }

    private void separate(boolean first) {
        if (!first) {
            text.append(',');
        }
        breakLine();
    }

    private void end(boolean empty, char bracket) {
        depth--;
        if (!empty) {
            breakLine();
        } else if (indented) {
            text.append(' ');
        }
        text.append(bracket);
    }

    private void breakLine() {
        if (indented) {
            text.append('\n');
            for (int i = 0; i < depth; i++) {
                text.append("  ");
            }
        }
    }

    private void string(String words) {
        text.append('"');
        if (isPlain(words)) {
            text.append(words);
        } else {
            for (int i = 0; i < words.length(); i++) {
                character(words.charAt(i));
            }
        }
        text.append('"');
    }

    /** As nearly all are: a small loop, which a JVM compiles soon. */
    private static boolean isPlain(String words) {
        for (int i = 0; i < words.length(); i++) {
            if (isEscaped(words.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscaped(char c) {
        return c <= LAST_CONTROL || c == '"' || c == '\\';
    }

    private void character(char c) {
        if (isEscaped(c)) {
            escape(c);
        } else {
            text.append(c);
        }
    }

    private void escape(char c) {
        text.append('\\');
        switch (c) {
            case '\b' -> text.append('b');
            case '\t' -> text.append('t');
            case '\n' -> text.append('n');
            case '\f' -> text.append('f');
            case '\r' -> text.append('r');
            case '"', '\\' -> text.append(c);
            default -> text.append("u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}

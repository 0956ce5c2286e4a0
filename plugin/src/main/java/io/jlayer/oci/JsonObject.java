// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON object that remembers the order of its members and all of them, also those that nobody here knows.
 *
 * <p>Values are {@link String}, {@link Number}, {@link Boolean}, {@link JsonObject}, {@link List} of such, or
 * {@code null}. Immutable. The typed getters throw {@link IllegalArgumentException} with the member's name when its type
 * is another.
 */
public final class JsonObject {

    public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

    private final Map<String, Object> members;

    /** Takes the map over; its order is the members' order, so it must have one. */
    JsonObject(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /** An object with these members, in the map's order; many at once, where {@link #with} would copy as often. */
    public static JsonObject of(Map<String, ?> members) {
        return (JsonObject) plain(members);
    }

    /** All members, in their order. */
    public Map<String, Object> members() {
        return members;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** This object with the member set to {@code value}: at its place if it was there, else at the end. */
    public JsonObject with(String name, Object value) {
        LinkedHashMap<String, Object> changed = new LinkedHashMap<>(members);
        changed.put(name, plain(value));
        return new JsonObject(changed);
    }

    /** {@link #with}, unless {@code value} is empty text, an empty list, map or object: such members are left out. */
    public JsonObject withUnlessEmpty(String name, Object value) {
        boolean empty = value == null
                || (value instanceof String text && text.isEmpty())
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof JsonObject object && object.isEmpty());
        return empty ? without(name) : with(name, value);
    }

    /** {@link #with} each member of another object, in its order. */
    JsonObject withAll(JsonObject others) {
        if (others.isEmpty()) {
            return this;
        }
        LinkedHashMap<String, Object> changed = new LinkedHashMap<>(members);
        changed.putAll(others.members);
        return new JsonObject(changed);
    }

    public JsonObject without(String name) {
        if (!members.containsKey(name)) {
            return this;
        }
        LinkedHashMap<String, Object> changed = new LinkedHashMap<>(members);
        changed.remove(name);
        return new JsonObject(changed);
    }

    /** This object without any of these members. */
    JsonObject without(Set<String> names) {
        LinkedHashMap<String, Object> rest = new LinkedHashMap<>(members);
        rest.keySet().removeAll(names);
        return rest.isEmpty() ? EMPTY : new JsonObject(rest);
    }

    public Optional<String> text(String name) {
        return member(name, String.class, "text");
    }

    public String requiredText(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return text.get();
    }

    public Optional<JsonObject> object(String name) {
        return member(name, JsonObject.class, "an object");
    }

    public Optional<Boolean> flag(String name) {
        return member(name, Boolean.class, "true or false");
    }

    /** The member as a whole number; numbers with a fraction or beyond 64 bits are refused. */
    public Optional<Long> number(String name) {
        Object value = members.get(name);
        if (value != null && !(value instanceof Long)) {
            throw new IllegalArgumentException("'" + name + "' is not a whole number of 64 bits");
        }
        return Optional.ofNullable((Long) value);
    }

    /** The member as a list of objects; empty when it is missing. */
    public List<JsonObject> objects(String name) {
        return list(name, JsonObject.class, "a list of objects");
    }

    /** The member as a list of texts; empty when it is missing. */
    public List<String> texts(String name) {
        return list(name, String.class, "a list of texts");
    }

    /** The member as a map from text to text, sorted; empty when it is missing. */
    public SortedMap<String, String> textMap(String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Object> member :
                object(name).orElse(EMPTY).members.entrySet()) {
            if (!(member.getValue() instanceof String text)) {
                throw new IllegalArgumentException("'" + name + "." + member.getKey() + "' is not text");
            }
            texts.put(member.getKey(), text);
        }
        return texts;
    }

    private <T> Optional<T> member(String name, Class<T> type, String wanted) {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw isNot(name, wanted);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private static IllegalArgumentException isNot(String name, String wanted) {
        return new IllegalArgumentException("'" + name + "' is not " + wanted);
    }

    private <T> List<T> list(String name, Class<T> type, String wanted) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw isNot(name, wanted);
        }
        List<T> typed = new ArrayList<>();
        for (Object item : list) {
            if (!type.isInstance(item)) {
                throw isNot(name, wanted);
            }
            typed.add(type.cast(item));
        }
        return Collections.unmodifiableList(typed);
    }

    /** Turns collections into the forms held here; a map's order is kept, so give a sorted one. */
    private static Object plain(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Map<?, ?> map) {
            LinkedHashMap<String, Object> object = new LinkedHashMap<>();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                object.put((String) member.getKey(), plain(member.getValue()));
            }
            return new JsonObject(object);
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            for (Object item : list) {
                plain.add(plain(item));
            }
            return Collections.unmodifiableList(plain);
        }
        if (value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof JsonObject) {
            return value;
        }
        throw new IllegalArgumentException(value.getClass() + " has no form in JSON");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** Compact JSON. */
    @Override
    public String toString() {
        return OciJson.write(this);
    }
}

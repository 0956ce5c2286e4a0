// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.image.MaskedText;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that an image says of itself, each thing under its name, in the order in which people read it. */
final class ConfigWords {

    /**
     * What a thing is called.
     *
     * @param what which kind of thing
     * @param name which of several; empty where there is one only
     */
    record Thing(String what, String name) {}

    /** Members that have a name of their own here; others are called as the specification calls them. */
    private static final Map<String, String> NAMES = Map.of(
            "Entrypoint", "entrypoint",
            "Cmd", "command",
            "User", "user",
            "WorkingDir", "directory",
            "Healthcheck", "healthcheck",
            "StopSignal", "stop signal");

    /** Members that are lists or objects of many things, and what one of them is called. */
    private static final Map<String, String> MANY =
            Map.of("Env", "environment", "Labels", "label", "ExposedPorts", "port", "Volumes", "volume");

    private final Map<Thing, Object> values = new LinkedHashMap<>();

    private ConfigWords() {}

    /** Things to their values, texts or what else JSON knows. */
    static Map<Thing, Object> of(ComparedImage image) {
        ConfigWords words = new ConfigWords();
        ImageConfig config = image.image().config();
        words.put("platform", "", config.platform().toString());
        List<String> known = List.of("os", "architecture", "variant", "config", "rootfs", "history");
        config.execution().members().forEach(words::addMember);
        config.json().members().forEach((name, value) -> {
            if (!known.contains(name)) {
                words.put(name, "", value);
            }
        });
        image.image().annotations().forEach((name, value) -> words.put("annotation", name, value));
        words.put("manifest", "", image.manifest().mediaType().name());
        return words.values;
    }

    private void put(String what, String name, Object value) {
        values.put(new Thing(what, name), value);
    }

    private void addMember(String name, Object value) {
        String many = MANY.get(name);
        if (many != null && value instanceof JsonObject object) {
            object.members().forEach((key, inner) -> put(many, key, inner));
        } else if (many != null && value instanceof List<?> list) {
            for (Object item : list) {
                String word = text(item);
                int equals = word.indexOf('=');
                put(many, equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
            }
        } else if (value != null) {
            put(NAMES.getOrDefault(name, name), "", value);
        }
    }

    /** A value as people may see it: a text as it is, texts as words of a command, anything else as JSON; no secrets. */
    static String shown(Thing thing, Object value) {
        String name = thing.name().isEmpty() ? thing.what() : thing.name();
        if (value instanceof List<?> list && isWords(list)) {
            return MaskedText.words(words(list)).stream()
                    .map(ConfigWords::quoted)
                    .collect(Collectors.joining(" "));
        }
        return text(masked(name, value));
    }

    /** What stands within, each thing under its own name; all that stands under a secret's name is one. */
    private static Object masked(String name, Object value) {
        if (value instanceof String || MaskedText.isSecret(name)) {
            return MaskedText.value(name, text(value));
        } else if (value instanceof JsonObject object) {
            Map<String, Object> members = new LinkedHashMap<>();
            object.members().forEach((key, inner) -> members.put(key, masked(key, inner)));
            return JsonObject.of(members);
        } else if (value instanceof List<?> list) {
            return isWords(list)
                    ? MaskedText.words(words(list))
                    : list.stream().map(item -> masked(name, item)).toList();
        }
        return value;
    }

    private static boolean isWords(List<?> list) {
        return list.stream().allMatch(String.class::isInstance);
    }

    private static List<String> words(List<?> list) {
        return list.stream().map(String.class::cast).toList();
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        } else if (value instanceof JsonObject object && object.isEmpty()) {
            return "";
        }
        String json = OciJson.write(JsonObject.EMPTY.with("", value));
        return json.substring("{\"\":".length(), json.length() - 1);
    }

    private static String quoted(String word) {
        boolean plain = !word.isEmpty() && word.indexOf(' ') < 0 && word.indexOf('\'') < 0 && word.indexOf('"') < 0;
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

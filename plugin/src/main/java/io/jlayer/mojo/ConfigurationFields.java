// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of goals and beans that users can set: all that are not private and hold nothing of Maven's. No annotation says
 * so, since Maven's are not kept at run time, and one of our own would be read for each field whenever a goal starts.
 */
final class ConfigurationFields {

    /** Elements whose name no field can have, or that may stand there several times for one field. */
    private static final Map<String, String> OTHER_NAMES = Map.of("trial", "try", "images", "image");

    private ConfigurationFields() {}

    /** Whether the type is one of ours, with settings inside. */
    static boolean isBean(Class<?> type) {
        return type.getName().startsWith("io.jlayer.mojo.") && !type.isEnum();
    }

    /** By the name that stands in the POM. */
    static SortedMap<String, Field> of(Class<?> type) {
        SortedMap<String, Field> fields = new TreeMap<>();
        boolean goal = JlayerMojo.class.isAssignableFrom(type);
        for (Class<?> at = type; at != null && isBean(at); at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (isSetting(field)) {
                    field.setAccessible(true);
                    String other = OTHER_NAMES.get(field.getName());
                    if (other != null) {
                        fields.put(other, field);
                    }
                    if (other == null || !goal) {
                        fields.put(field.getName(), field);
                    }
                }
            }
        }
        return fields;
    }

    /** The elements of {@code type} that have a setting of that name within. */
    static List<String> withinOf(Class<?> type, String name) {
        List<String> outer = new ArrayList<>();
        for (Map.Entry<String, Field> field : of(type).entrySet()) {
            Class<?> inner = field.getValue().getType();
            if (isBean(inner) && of(inner).containsKey(name)) {
                outer.add(field.getKey());
            }
        }
        return outer;
    }

    private static boolean isSetting(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isPrivate(modifiers)
                && !Modifier.isStatic(modifiers)
                && !field.isSynthetic()
                && !field.getType().getName().startsWith("org.apache.maven.");
    }
}

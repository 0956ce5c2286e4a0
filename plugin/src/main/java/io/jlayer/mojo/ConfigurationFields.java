// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of goals and beans that users can set. */
final class ConfigurationFields {

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
                Setting setting = field.getAnnotation(Setting.class);
                if (setting != null || (!goal && !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())) {
                    field.setAccessible(true);
                    boolean named = setting != null && !setting.value().isEmpty();
                    if (named) {
                        fields.put(setting.value(), field);
                    }
                    if (!named || !goal) {
                        fields.put(field.getName(), field);
                    }
                }
            }
        }
        return fields;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lays {@code -Djlayer.…} over what the POM says.
 *
 * <p>Maven itself lets the POM win over the command line, and knows no properties for what is inside an element. Here
 * {@code jlayer.} and the path of an element ({@code jlayer.container.mainClass}) name a field of the goal or of one of its
 * beans, and the command line wins. Lists are written with commas, maps as {@code a=1,b=2} or one by one, as
 * {@code jlayer.container.environment.A=1}.
 */
final class CommandLine {

    static final String PREFIX = "jlayer.";

    private CommandLine() {}

    /**
     * Sets the goal's fields; a property that names none of them, and none of another goal's, is a slip of the pen.
     *
     * @param known the settings of all goals
     */
    static void apply(Object goal, Properties properties, Set<String> known) {
        SortedMap<String, String> ours = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                ours.put(name, properties.getProperty(name));
            }
        }
        if (ours.isEmpty()) {
            return;
        }
        Set<String> own = ConfigurationFields.of(goal.getClass()).keySet();
        for (Map.Entry<String, String> property : ours.entrySet()) {
            String name = property.getKey();
            String path = name.substring(PREFIX.length());
            String first = path.substring(0, path.indexOf('.') < 0 ? path.length() : path.indexOf('.'));
            if (own.contains(first) || !known.contains(first)) {
                set(goal, name, path, property.getValue());
            }
        }
    }

    private static void set(Object bean, String property, String path, String value) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        SortedMap<String, Field> fields = ConfigurationFields.of(bean.getClass());
        Field field = fields.get(first);
        if (field == null) {
            throw new UserError(
                    "there is no setting '" + property + "'", "command line", remedy(bean, property, path, first));
        }
        try {
            if (dot < 0) {
                setWhole(bean, field, property, value);
            } else {
                setInside(bean, field, property, path.substring(dot + 1), value);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("set " + property + ": " + e, e);
        }
    }

    private static String remedy(Object bean, String property, String path, String first) {
        String place = property.substring(0, property.length() - path.length());
        List<String> outer = ConfigurationFields.withinOf(bean.getClass(), first);
        if (!outer.isEmpty()) {
            return "did you mean " + place + String.join("." + path + " or " + place, outer) + "." + path + "?";
        }
        return Nearest.suggest(first, ConfigurationFields.of(bean.getClass()).keySet())
                .map(near -> "did you mean " + place + near + path.substring(first.length()) + "?")
                .orElse("see mvn jlayer:help -Ddetail for all settings");
    }

    private static void setInside(Object bean, Field field, String property, String rest, String value)
            throws ReflectiveOperationException {
        Object inner = field.get(bean);
        if (inner instanceof Map<?, ?> map) {
            Map<String, String> changed = new TreeMap<>();
            map.forEach((key, old) -> changed.put((String) key, (String) old));
            changed.put(rest, value);
            field.set(bean, changed);
            return;
        }
        if (inner == null) {
            if (!ConfigurationFields.isBean(field.getType())) {
                throw new UserError(
                        "there is no setting '" + property + "'",
                        "command line",
                        "write " + property.substring(0, property.length() - rest.length() - 1));
            }
            inner = field.getType().getDeclaredConstructor().newInstance();
            field.set(bean, inner);
        }
        set(inner, property, rest, value);
    }

    private static void setWhole(Object bean, Field field, String property, String value)
            throws ReflectiveOperationException {
        Class<?> type = field.getType();
        if (type == String.class) {
            field.set(bean, value);
        } else if (type == boolean.class || type == Boolean.class) {
            field.set(bean, bool(property, value));
        } else if (type == Integer.class || type == int.class) {
            field.set(bean, number(property, value));
        } else if (type == File.class) {
            field.set(bean, new File(value).getAbsoluteFile());
        } else if (Map.class.isAssignableFrom(type)) {
            field.set(bean, map(property, value));
        } else if (isListOfText(field)) {
            field.set(bean, Commas.split(value));
        } else {
            setByText(bean, field, property, value);
        }
    }

    private static boolean isListOfText(Field field) {
        return field.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments().length == 1
                && list.getActualTypeArguments()[0] == String.class;
    }

    /** Beans that may be written as plain text have a method {@code set(String)}, which Maven uses too. */
    private static void setByText(Object bean, Field field, String property, String value)
            throws ReflectiveOperationException {
        // What the POM says of the same thing stays, but for what is said anew.
        Object inner = ConfigurationFields.isBean(field.getType()) ? field.get(bean) : null;
        if (inner == null && ConfigurationFields.isBean(field.getType())) {
            inner = field.getType().getDeclaredConstructor().newInstance();
        }
        try {
            if (inner == null) {
                throw new NoSuchMethodException();
            }
            inner.getClass().getMethod("set", String.class).invoke(inner, value);
        } catch (NoSuchMethodException e) {
            throw new UserError(
                    "'" + property + "' cannot be given as one text",
                    "command line",
                    inner == null
                            ? "set it in the POM instead"
                            : "name what is in it: " + property + "."
                                    + String.join(
                                            ", " + property + ".",
                                            ConfigurationFields.of(inner.getClass())
                                                    .keySet()),
                    e);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UserError user) {
                throw user;
            }
            throw e;
        }
        field.set(bean, inner);
    }

    /** A bare {@code -Djlayer.skip} means yes. */
    private static boolean bool(String property, String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "", "true" -> true;
            case "false" -> false;
            default ->
                throw new UserError(
                        "'" + value + "' is neither true nor false", "-D" + property, "write one of the two");
        };
    }

    private static int number(String property, String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new UserError("'" + value + "' is not a whole number", "-D" + property, "give a number", e);
        }
    }

    private static SortedMap<String, String> map(String property, String value) {
        SortedMap<String, String> map = new TreeMap<>();
        for (String pair : Commas.split(value)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UserError("'" + pair + "' is not NAME=VALUE", "-D" + property, "write NAME=VALUE,NAME=VALUE");
            }
            map.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return map;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Finds why Maven could not set a goal's fields: an element that is no setting, one with text where there should be
 * elements, or the other way round, a number that is none, neither true nor false.
 */
final class ConfigurationSlip {

    private static final String WHERE = "<configuration> of jlayer-maven-plugin";

    private final ExpressionEvaluator evaluator;

    private ConfigurationSlip(ExpressionEvaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** What is wrong, where, and what helps; empty if nothing is found that Maven would not say better. */
    static String in(PlexusConfiguration configuration, Object goal, ExpressionEvaluator evaluator, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserError) {
                return cause.getMessage();
            }
        }
        try {
            SortedMap<String, Field> fields = ConfigurationFields.of(goal.getClass());
            for (PlexusConfiguration child : configuration.getChildren()) {
                Field field = fields.get(child.getName());
                if (field != null) {
                    new ConfigurationSlip(evaluator).look(child, field.getGenericType(), "<" + child.getName() + ">");
                }
            }
            return "";
        } catch (UserError slip) {
            return slip.getMessage();
        }
    }

    private void look(PlexusConfiguration element, Type type, String path) {
        if (type instanceof Class<?> bean && ConfigurationFields.isBean(bean)) {
            lookInside(element, bean, path);
        } else if (type instanceof ParameterizedType list
                && list.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)) {
            lookAtEach(element, list.getActualTypeArguments()[0], path);
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            if (element.getChildCount() == 0 && !text(element).isEmpty()) {
                throw slip(path + " has text in place of elements", "write " + path + "<NAME>value</NAME>");
            }
        } else if (element.getChildCount() > 0) {
            String child = element.getChild(0).getName();
            throw slip("there is no <" + child + "> in " + path, "write text alone in " + path);
        } else if (type == Integer.class) {
            checkNumber(text(element), path);
        } else if (type == boolean.class) {
            checkYesOrNo(text(element), path);
        }
    }

    private void lookInside(PlexusConfiguration element, Class<?> bean, String path) {
        SortedMap<String, Field> fields = ConfigurationFields.of(bean);
        for (PlexusConfiguration child : element.getChildren()) {
            String name = child.getName();
            Field field = fields.get(name);
            if (field == null) {
                throw slip(
                        "there is no setting <" + name + "> in " + path,
                        Nearest.suggest(name, fields.keySet())
                                .map(near -> "did you mean <" + near + ">?")
                                .orElse("its settings are " + String.join(", ", fields.keySet())));
            }
            look(child, field.getGenericType(), path + "<" + name + ">");
        }
        if (element.getChildCount() == 0 && !text(element).isEmpty() && !isTextToo(bean)) {
            throw slip(
                    path + " has text in place of elements",
                    "write them within: " + String.join(", ", fields.keySet()));
        }
    }

    private void lookAtEach(PlexusConfiguration list, Type item, String path) {
        for (PlexusConfiguration child : list.getChildren()) {
            look(child, item, path + "<" + child.getName() + ">");
        }
        if (list.getChildCount() == 0 && !text(list).isEmpty() && item != String.class) {
            throw slip(path + " has text in place of elements", "write an element for each of the " + path);
        }
    }

    /** Beans that may be written as plain text have a method for it. */
    private static boolean isTextToo(Class<?> bean) {
        try {
            return bean.getMethod("set", String.class) != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static void checkNumber(String text, String path) {
        try {
            if (!text.isEmpty()) {
                Integer.parseInt(text);
            }
        } catch (NumberFormatException e) {
            throw new UserError("'" + text + "' is not a whole number", path, "write digits alone, as 64", e);
        }
    }

    private static void checkYesOrNo(String text, String path) {
        if (!text.isEmpty() && !YesOrNo.isSaid(text)) {
            String property = "-Djlayer." + path.substring(1, path.length() - 1).replace("><", ".");
            throw new UserError(
                    "'" + text + "' is neither true nor false", path + " or " + property, "write one of the two");
        }
    }

    /** An element's text, with its properties in their places; empty where these are not set. */
    private String text(PlexusConfiguration element) {
        String written = element.getValue("").strip();
        try {
            Object value = evaluator.evaluate(written);
            return value == null ? "" : value.toString().strip();
        } catch (ExpressionEvaluationException e) {
            return written;
        }
    }

    private static UserError slip(String what, String remedy) {
        return new UserError(what, WHERE, remedy);
    }
}

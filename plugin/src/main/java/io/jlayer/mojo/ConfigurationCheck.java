// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.build.Nearest;
import io.jlayer.build.UserError;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.Map;
import java.util.SortedMap;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Notices elements in the plugin's configuration that nobody reads, which Maven 3.8 passes over without a word. */
final class ConfigurationCheck {

    private ConfigurationCheck() {}

    /** Looks through the plugin's configuration and its executions'. */
    static void check(Plugin plugin, Class<?> goals) {
        check(plugin.getConfiguration(), goals);
        for (PluginExecution execution : plugin.getExecutions()) {
            check(execution.getConfiguration(), goals);
        }
    }

    private static void check(Object configuration, Class<?> goals) {
        if (configuration instanceof Xpp3Dom dom) {
            checkBean(dom, goals, "<configuration>");
        }
    }

    private static void checkBean(Xpp3Dom dom, Class<?> type, String where) {
        SortedMap<String, Field> fields = ConfigurationFields.of(type);
        for (Xpp3Dom child : dom.getChildren()) {
            Field field = fields.get(child.getName());
            if (field == null && !hasSetter(type, child.getName())) {
                throw new UserError(
                        "there is no setting <" + child.getName() + ">",
                        where + " of jlayer-maven-plugin",
                        Nearest.suggest(child.getName(), fields.keySet())
                                .map(near -> "did you mean <" + near + ">?")
                                .orElse("the settings there are " + String.join(", ", fields.keySet())));
            }
            if (field != null) {
                checkField(child, field, where);
            }
        }
    }

    private static boolean hasSetter(Class<?> type, String name) {
        String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (var method : type.getMethods()) {
            if (method.getName().equals(setter)) {
                return true;
            }
        }
        return false;
    }

    private static void checkField(Xpp3Dom dom, Field field, String where) {
        String here = where + "<" + dom.getName() + ">";
        if (ConfigurationFields.isBean(field.getType())) {
            checkBean(dom, field.getType(), here);
        } else if (!Map.class.isAssignableFrom(field.getType())
                && field.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> item
                && ConfigurationFields.isBean(item)) {
            for (Xpp3Dom child : dom.getChildren()) {
                checkBean(child, item, here + "<" + child.getName() + ">");
            }
        }
    }
}

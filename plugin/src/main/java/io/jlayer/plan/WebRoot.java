// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.error.NoServerError;
import io.jlayer.error.UserError;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.ImageConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Where a base's server looks for the web application that it serves at {@code /}. */
public final class WebRoot {

    /** The variable that names the server's home, and where in it. */
    private static final Map<String, String> PLACES = new TreeMap<>(Map.of(
            "CATALINA_BASE", "webapps/ROOT",
            "CATALINA_HOME", "webapps/ROOT",
            "JETTY_BASE", "webapps/ROOT",
            "TOMEE_HOME", "webapps/ROOT"));

    private WebRoot() {}

    /**
     * The directory that the user names, else the one that the image's environment tells of, which is the base's with what
     * the user adds.
     *
     * @throws NoServerError if neither does
     */
    public static LayerPath of(ContainerSettings container, String from, ImageConfig base) {
        if (container.appRoot().isPresent()) {
            return of(container.appRoot().get());
        }
        Map<String, String> environment = new HashMap<>();
        for (String variable : base.execution().texts("Env")) {
            int end = variable.indexOf('=');
            if (end > 0) {
                environment.put(variable.substring(0, end), variable.substring(end + 1));
            }
        }
        environment.putAll(container.environment());
        for (Map.Entry<String, String> place : PLACES.entrySet()) {
            if (isDirectory(environment.get(place.getKey()))) {
                return of(environment.get(place.getKey())).resolve(place.getValue());
            }
        }
        throw missing(from);
    }

    /** Whether the user tells, whatever the base does. */
    static boolean isTold(ContainerSettings container) {
        boolean told = container.appRoot().isPresent();
        for (String variable : PLACES.keySet()) {
            told |= isDirectory(container.environment().get(variable));
        }
        return told;
    }

    private static boolean isDirectory(String value) {
        return value != null && value.startsWith("/") && value.length() > 1;
    }

    /** What to tell where neither the base nor the user tells. */
    static NoServerError missing(String from) {
        return new NoServerError(
                "the base does not tell where its server looks for web applications: its environment has none of "
                        + String.join(", ", PLACES.keySet()),
                "<from>" + from + "</from>",
                "take a base with a server, as tomcat:10-jre17 or jetty:12-jre17, or name the directory in"
                        + " <container><appRoot>, as /opt/server/webapps/ROOT");
    }

    /** Reads {@code <appRoot>}. */
    public static LayerPath of(String written) {
        LayerPath root;
        try {
            root = LayerPath.of(written);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "<container><appRoot>", "write it as /opt/server/webapps/ROOT", e);
        }
        if (root.isRoot() || !written.startsWith("/")) {
            throw new UserError(
                    "'" + written + "' is no place for a web application",
                    "<container><appRoot>",
                    "write it as /opt/server/webapps/ROOT");
        }
        return root;
    }
}

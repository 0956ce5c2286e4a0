// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.error.NoServerError;
import io.jlayer.error.UserError;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.ImageConfig;
import java.util.Map;
import java.util.Optional;
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
     * The directory that the user names, else the one that the base's environment tells of.
     *
     * @throws NoServerError if neither does
     */
    public static LayerPath of(Optional<String> named, String from, ImageConfig base) {
        if (named.isPresent()) {
            return of(named.get());
        }
        for (Map.Entry<String, String> place : PLACES.entrySet()) {
            for (String variable : base.execution().texts("Env")) {
                String name = place.getKey() + "=/";
                if (variable.startsWith(name) && variable.length() > name.length()) {
                    return of(variable.substring(name.length() - 1)).resolve(place.getValue());
                }
            }
        }
        throw missing(from);
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

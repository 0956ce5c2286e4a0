// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import java.util.List;

/**
 * How often something is released, as far as its coordinates tell: a build has no history to learn it from that every machine
 * would have.
 */
final class Cadence {

    /**
     * Groups, with all below them, of which there is a release each month or oftener, for years, by their own calendars. One
     * that is missing here costs some bytes on a pull, and nothing else.
     */
    private static final List<String> MONTHLY = List.of(
            "com.amazonaws",
            "com.azure",
            "com.google.cloud",
            "io.helidon",
            "io.micrometer",
            "io.micronaut",
            "io.netty",
            "io.opentelemetry",
            "io.projectreactor",
            "io.quarkus",
            "io.sentry",
            "org.apache.tomcat",
            "org.eclipse.jetty",
            "org.keycloak",
            "org.springframework",
            "software.amazon");

    private Cadence() {}

    /** Whether a dependency with this groupId is likely to be another within a month or two. */
    static boolean isMonthly(String groupId) {
        for (String group : MONTHLY) {
            if (groupId.startsWith(group)
                    && (groupId.length() == group.length() || groupId.charAt(group.length()) == '.')) {
                return true;
            }
        }
        return false;
    }
}

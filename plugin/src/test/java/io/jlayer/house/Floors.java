// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rule of the house: a package sees only packages on floors below its own, and a library only through its door.
 *
 * @param root the package that all floors are in
 */
record Floors(String root) {

    /** Ground up; packages on one floor do not see each other. */
    static final List<List<String>> GROUND_UP = List.of(
            List.of("oci"),
            List.of("blob"),
            List.of("tar", "http"),
            List.of("layer", "credential"),
            List.of("image"),
            List.of("local", "layout", "registry", "overlay", "inspect", "diff"),
            List.of("trial"),
            List.of("engine"),
            List.of("error"),
            List.of("project", "transport"),
            List.of("plan"),
            List.of("build"),
            List.of("maven", "report"),
            List.of("mojo"));

    /** What may be used anywhere, but for what has a door below: the platform itself. */
    private static final List<String> PLATFORM = List.of("java.", "javax.", "org.w3c.dom.", "org.xml.sax.");

    /** Who may reach for the network; a trial does so on this machine alone. */
    private static final List<String> NETWORK = List.of("http", "trial.Readiness", "trial.HostPorts");

    /**
     * A library, or a part of the platform, and who may see it. The door is open to all for its exceptions: they do nothing.
     *
     * @param library how its packages' or classes' names begin
     * @param open packages, or single classes as {@code package.Class}, below the root
     */
    private record Door(String library, List<String> open) {}

    private static final List<Door> DOORS = List.of(
            new Door("java.net.http.", NETWORK),
            new Door("java.net.Socket", NETWORK),
            new Door("java.net.ServerSocket", NETWORK),
            new Door("java.net.DatagramSocket", NETWORK),
            new Door("java.net.MulticastSocket", NETWORK),
            new Door("java.net.URLConnection", NETWORK),
            new Door("java.net.HttpURLConnection", NETWORK),
            new Door("java.net.JarURLConnection", NETWORK),
            new Door("java.nio.channels.SocketChannel", NETWORK),
            new Door("java.nio.channels.ServerSocketChannel", NETWORK),
            new Door("java.nio.channels.DatagramChannel", NETWORK),
            new Door("java.nio.channels.Asynchronous", NETWORK),
            new Door("javax.net.", NETWORK),
            new Door("com.fasterxml.jackson.", List.of("oci")),
            new Door("org.apache.commons.compress.", List.of("tar")),
            new Door("com.github.luben.zstd.", List.of("layer")),
            new Door("org.tukaani.xz.", List.of("layer")),
            new Door("com.google.cloud.tools.jib.", List.of("project.KnownClasses")),
            new Door("org.codehaus.plexus.util.", List.of("plan", "build", "maven", "mojo")),
            new Door("org.codehaus.plexus.classworlds.", List.of("mojo")),
            new Door("org.codehaus.plexus.component.", List.of("mojo")),
            new Door("org.codehaus.plexus.configuration.", List.of("mojo")),
            new Door("org.apache.maven.", List.of("maven", "report", "mojo")));

    /**
     * Looks at all arrows between the classes and to libraries.
     *
     * @throws AssertionError naming each arrow that breaks the rule
     */
    void check(JavaClasses classes) {
        SortedSet<String> broken = new TreeSet<>();
        for (JavaClass from : classes) {
            if (floor(packageOf(from)) < 0) {
                broken.add("package '" + packageOf(from) + "' is on no floor: " + nameOf(from));
            }
            from.getDirectDependenciesFromSelf().forEach(arrow -> check(arrow, broken));
        }
        if (!broken.isEmpty()) {
            throw new AssertionError("arrows against the floors:\n  " + String.join("\n  ", broken));
        }
        SlicesRuleDefinition.slices()
                .matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private void check(Dependency arrow, SortedSet<String> broken) {
        JavaClass from = arrow.getOriginClass();
        JavaClass to = arrow.getTargetClass().getBaseComponentType();
        if (to.isPrimitive()) {
            return;
        }
        if (!inHouse(to)) {
            checkDoor(from, to, broken);
            return;
        }
        String lower = packageOf(to);
        String upper = packageOf(from);
        if (lower.equals(upper)) {
            return;
        }
        if (floor(lower) == floor(upper)) {
            broken.add("sideways: " + nameOf(from) + " -> " + nameOf(to));
        } else if (floor(lower) > floor(upper)) {
            broken.add("upward: " + nameOf(from) + " -> " + nameOf(to));
        }
    }

    private void checkDoor(JavaClass from, JavaClass to, SortedSet<String> broken) {
        String name = to.getName();
        List<Door> doors =
                DOORS.stream().filter(door -> name.startsWith(door.library())).toList();
        boolean harmless =
                PLATFORM.stream().anyMatch(name::startsWith) && (doors.isEmpty() || to.isAssignableTo(Throwable.class));
        boolean open = doors.stream()
                .flatMap(door -> door.open().stream())
                .anyMatch(door -> door.equals(packageOf(from)) || door.equals(outermost(nameOf(from))));
        if (!harmless && !open) {
            broken.add("not its door: " + nameOf(from) + " -> " + name);
        }
    }

    private static int floor(String name) {
        for (int floor = 0; floor < GROUND_UP.size(); floor++) {
            if (GROUND_UP.get(floor).contains(name)) {
                return floor;
            }
        }
        return -1;
    }

    private boolean inHouse(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** The first part of the package's name below the root: packages inside it are of its floor. */
    private String packageOf(JavaClass type) {
        String below = type.getPackageName().substring(root.length());
        return below.isEmpty() ? below : below.substring(1).split("\\.", 2)[0];
    }

    private String nameOf(JavaClass type) {
        return type.getName().substring(root.length() + 1);
    }

    private static String outermost(String name) {
        return name.split("\\$", 2)[0];
    }
}

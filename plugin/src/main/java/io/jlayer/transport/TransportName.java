// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.FileNames;
import io.jlayer.engine.EngineName;
import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import io.jlayer.oci.ImageRef;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The name of an image, in the words of skopeo: a transport and what that transport understands. What begins with no
 * transport is an image in a registry.
 *
 * @param transport without its colon
 * @param rest what comes after it
 */
public record TransportName(String transport, String rest) {

    public static final String REGISTRY = "docker";

    /** All that are known, whether or not both ways. */
    public static final List<String> KNOWN = List.of(
            REGISTRY,
            "oci",
            "oci-archive",
            "docker-archive",
            "docker-daemon",
            "containers-storage",
            "rootfs",
            "jdk",
            "scratch");

    /**
     * Reads a name.
     *
     * @param where it was set, for the error
     * @throws UserError if it names no transport and no image, offering the nearest transport
     */
    public static TransportName parse(String text, String where) {
        String name = text.strip();
        if (name.isEmpty()) {
            throw new UserError("no image is named", where, "name one, or leave the setting out");
        }
        int colon = name.indexOf(':');
        String first = colon < 0 ? name : name.substring(0, colon);
        if (name.equals("scratch") || name.equals("jdk")) {
            return new TransportName(name, "");
        } else if (name.startsWith(REGISTRY + "://")) {
            return registry(name.substring((REGISTRY + "://").length()), where);
        } else if (colon > 0 && KNOWN.contains(first) && !first.equals(REGISTRY)) {
            return checked(new TransportName(first, name.substring(colon + 1)), where);
        }
        return registry(name, where);
    }

    /**
     * Reads what {@code <to>} names. Only Docker itself pushes to names of one word in its registry, so such a name is meant
     * otherwise.
     *
     * @throws UserError if no image can go there
     */
    public static TransportName target(String to) {
        TransportName name = parse(to, "<to>");
        if (name.isRegistry() && to.indexOf('/') < 0) {
            throw new UserError(
                    "'" + to + "' is no place that an image can go to",
                    "<to>",
                    meant(to).orElse("write the registry too, as registry.example.com/" + to));
        }
        return name;
    }

    /** An empty path would be the project's directory, which nobody means. */
    private static TransportName checked(TransportName name, String where) {
        boolean alone = name.transport().equals("jdk") || name.transport().equals("scratch");
        if (alone && !name.rest().isEmpty()) {
            throw new UserError(
                    "'" + name + "' says more than " + name.transport() + " can be told",
                    where,
                    "write " + (name.transport().equals("jdk") ? "jdk:" : "scratch"));
        } else if (!alone && name.rest().isBlank()) {
            throw new UserError("'" + name + "' names nothing", where, "say what is meant after the colon");
        }
        return name;
    }

    private static TransportName registry(String name, String where) {
        try {
            ImageRef.parse(name);
            return new TransportName(REGISTRY, name);
        } catch (IllegalArgumentException e) {
            throw new UserError("'" + name + "' names no image: " + e.getMessage(), where, remedy(name), e);
        }
    }

    /** What may have been meant by a name that means nothing, or that no registry knows: another transport. */
    public static Optional<String> meant(String name) {
        int colon = name.indexOf(':');
        String first = colon < 0 ? name : name.substring(0, colon);
        String rest = colon < 0 ? "" : name.substring(colon + 1);
        if (first.equals(REGISTRY)) {
            return rest.isEmpty()
                    ? Optional.empty()
                    : Optional.of("if the image " + rest + " is meant, write that alone");
        }
        return Nearest.suggest(first, KNOWN)
                .map(near -> "did you mean " + near + (near.equals("scratch") ? "" : ":" + rest) + "?");
    }

    private static String remedy(String name) {
        return meant(name)
                .orElse("write the name of an image, as registry.example.com/shop/app:1.0, or one of the transports "
                        + "oci:DIRECTORY, oci-archive:FILE, docker-archive:FILE, docker-daemon:NAME, rootfs:PATH, jdk:,"
                        + " scratch");
    }

    /** Whether it names an image in a registry. */
    public boolean isRegistry() {
        return transport.equals(REGISTRY);
    }

    /** Whether it names an image that an engine keeps for itself. */
    public boolean isEngine() {
        return transport.equals("docker-daemon") || transport.equals("containers-storage");
    }

    /**
     * What an engine is to be asked for.
     *
     * @param where it was set, for the error
     * @throws UserError if no engine has such names
     */
    public EngineName engineName(String where) {
        try {
            return new EngineName(rest);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "'" + this + "' names no image: " + e.getMessage(),
                    where,
                    "write a name that " + engine() + " image ls shows, as " + transport + ":shop/app:1.0, or an id",
                    e);
        }
    }

    /** The program of the engine that is meant. */
    String engine() {
        return transport.equals("docker-daemon") ? "docker" : "podman";
    }

    public ImageRef reference() {
        return ImageRef.parse(rest);
    }

    /**
     * A path, and the name that may follow it.
     *
     * @param path as written
     * @param name of the image there; empty if none is written
     */
    public record Place(Path path, Optional<String> name) {}

    /** Splits {@code PATH[:NAME]} at the first colon, unless there is a file or directory whose name has colons. */
    public Place place(Path base) {
        if (exists(base)) {
            return new Place(FileNames.resolve(base, rest), Optional.empty());
        }
        boolean drive = rest.length() > 2 && rest.charAt(1) == ':' && (rest.charAt(2) == '\\' || rest.charAt(2) == '/');
        int colon = rest.indexOf(':', drive ? 2 : 0);
        return colon < 0
                ? new Place(FileNames.resolve(base, rest), Optional.empty())
                : new Place(FileNames.resolve(base, rest.substring(0, colon)), Optional.of(rest.substring(colon + 1)));
    }

    private boolean exists(Path base) {
        try {
            return Files.exists(FileNames.resolve(base, rest));
        } catch (InvalidPathException e) {
            return false; // Windows knows no paths with colons
        }
    }

    @Override
    public String toString() {
        if (transport.equals("scratch") && rest.isEmpty()) {
            return transport;
        }
        return transport.equals(REGISTRY) ? rest : transport + ":" + rest;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.DamagedBlobException;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.image.NotOfferedException;
import io.jlayer.image.UnservedPlatformException;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What may help where an image that the user named cannot be had: that depends on why. */
public final class ImageRemedies {

    private final Path directory;
    private final String platforms;

    private ImageRemedies(Path directory, String platforms) {
        this.directory = directory;
        this.platforms = platforms;
    }

    /** For images that {@code -Djlayer.image} and the like name; relative paths are read from {@code directory}. */
    public static ImageRemedies in(Path directory) {
        return new ImageRemedies(directory, "choose one of those by -Djlayer.platforms");
    }

    /** For images that are run on this machine. */
    static ImageRemedies forTrial(Path directory) {
        return new ImageRemedies(directory, "name an image for " + Platform.HOST + ", which this machine runs");
    }

    /** For bases. */
    public static ImageRemedies forBase() {
        return new ImageRemedies(Path.of(""), "choose from those in <platforms>, or name another base");
    }

    /**
     * The error of an image that cannot be had.
     *
     * @param what is wrong, to go before the reason
     * @param where its name was set
     * @param name as the user wrote it
     * @throws IOException if the disk is full, which is no fault of the image's
     */
    public UserError unusable(String what, String where, String name, Exception failure) throws IOException {
        if (Reason.isFullDisk(failure) && failure instanceof IOException full) {
            throw full;
        }
        return new UserError(what + ": " + Reason.of(failure), where, of(name, failure), failure);
    }

    /** The same of an image of the project's, whose base turns out to be broken. */
    UserError unusableBase(String what, IOException failure) throws IOException {
        String forbidden = Reason.forbiddenFile(failure);
        if (Reason.isFullDisk(failure) || !forbidden.isEmpty()) {
            throw failure; // which is told with what helps, as everywhere
        }
        return new UserError(
                what + ": " + Reason.of(failure), "<from>", "name another base, or have this one made again", failure);
    }

    /** What may help with the image of that name. */
    String of(String text, Exception failure) {
        TransportName name = TransportName.parse(text, "");
        if (name.isEngine() && failure instanceof IOException io) {
            return EngineRemedies.remedy(name, io);
        }
        return certain(name, failure).orElseGet(() -> mend(name));
    }

    /** What is sure to help, or to be in the way; empty if all that is known is that the image cannot be read. */
    public Optional<String> certain(TransportName name, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotOfferedException) {
                return Optional.of(choose(name));
            } else if (cause instanceof UnservedPlatformException) {
                return Optional.of(platforms);
            } else if (cause instanceof DamagedBlobException && !name.isRegistry()) {
                return Optional.of("have it made or copied again: it is damaged");
            }
        }
        String forbidden = Reason.forbiddenFile(failure);
        if (!forbidden.isEmpty()) {
            return Optional.of("let the user that runs Maven read " + forbidden);
        }
        return name.isRegistry() && failure instanceof IOException io
                ? RegistryRemedies.remedyOfPull(name.reference(), io)
                : Optional.empty();
    }

    /** The same where one of several images is the cause, and it is not said which. */
    public static Optional<String> ofAny(List<String> names, IOException failure) {
        for (String name : names) {
            TransportName parsed = TransportName.parse(name, "");
            Optional<String> remedy =
                    parsed.isRegistry() ? RegistryRemedies.remedyOfPull(parsed.reference(), failure) : Optional.empty();
            if (remedy.isPresent()) {
                return remedy;
            }
        }
        return Optional.empty();
    }

    private static String choose(TransportName name) {
        String place = name.transport().equals("oci") ? "DIRECTORY" : "FILE";
        return "say which one is meant, behind a colon: " + name.transport() + ":" + place + ":NAME";
    }

    private String mend(TransportName name) {
        if (name.isRegistry()) {
            return "name another image, or have this one pushed there again";
        } else if (isThere(name)) {
            return "name an image of the kind that " + name.transport() + ": means, or have this one made again";
        }
        Path path = name.place(directory).path();
        boolean own = path.endsWith(Path.of("jlayer", "image"));
        return "correct the name" + (own ? ", or build what it names: mvn package jlayer:build" : "");
    }

    /** What is made on the spot has no path. */
    private boolean isThere(TransportName name) {
        return name.rest().isEmpty() || Files.exists(name.place(directory).path());
    }
}

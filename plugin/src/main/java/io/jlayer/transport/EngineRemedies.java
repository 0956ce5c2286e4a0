// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.engine.EngineException;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.image.UnservedPlatformException;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeSet;

/** What may help when an engine does not give an image. What went wrong with a disk is left as it is. */
final class EngineRemedies {

    private EngineRemedies() {}

    /**
     * What to tell of an image that is a base, or to be tried.
     *
     * @throws IOException if it was not the engine's fault
     */
    static UserError of(TransportName name, ImageUse use, IOException failure) throws IOException {
        return use.unusable(name, text(failure), remedy(name, failure), failure);
    }

    /**
     * What to tell of an image that is to be looked at.
     *
     * @param where it was named
     * @throws IOException if it was not the engine's fault
     */
    static UserError of(TransportName name, String where, IOException failure) throws IOException {
        return new UserError(
                "the image cannot be used: " + text(failure), where + "=" + name, remedy(name, failure), failure);
    }

    private static String text(IOException failure) throws IOException {
        if (Reason.isFullDisk(failure)) {
            throw failure;
        }
        return ProgramText.plain(Reason.of(failure));
    }

    /** What may help with the image of that name. */
    static String remedy(TransportName name, IOException failure) {
        if (failure instanceof EngineException refusal) {
            return remedy(name, refusal);
        } else if (failure instanceof UnservedPlatformException other) {
            return anotherPlatform(name, other);
        }
        return "see that the image is sound: " + name.engine() + " save " + name.rest() + " -o FILE; that file can be"
                + " used too, as docker-archive:FILE";
    }

    private static String remedy(TransportName name, EngineException refusal) {
        String engine = name.engine();
        return switch (refusal.kind()) {
            case NOT_INSTALLED ->
                "install " + engine + ", or name the image in its registry, or in a file that " + engine
                        + " save wrote elsewhere, as docker-archive:FILE"
                        + (engine.equals("docker") ? "; podman's own images are containers-storage:NAME" : "");
            case NO_ANSWER -> answer(engine, String.valueOf(refusal.getMessage()));
            case NO_IMAGE -> noImage(name);
            case OFFLINE -> "run once without -o, so that it is read and remembered";
        };
    }

    private static String answer(String engine, String said) {
        String other = engine.equals("docker") ? "name another by DOCKER_HOST or a context" : "mend it";
        return said.toLowerCase(Locale.ROOT).contains("permission denied")
                ? "let this user talk to " + engine + ", on Linux often by the group of its socket, or " + other
                        + "; until it works, so says: " + engine + " info"
                : "start it, or " + other + "; whether it answers, says: " + engine + " info";
    }

    private static String noImage(TransportName name) {
        String list = name.engine() + " image ls shows which there are";
        return name.engineName("").isId()
                ? list
                : list + "; fetch it first: " + name.engine() + " pull " + name.rest()
                        + "; or, for the image in its registry, write " + name.rest() + " alone";
    }

    private static String anotherPlatform(TransportName name, UnservedPlatformException other) {
        Platform offered = new TreeSet<>(other.offered()).stream().findFirst().orElse(Platform.HOST);
        String take = "take what is there, -Djlayer.platforms=" + offered;
        return name.engineName("").isId()
                ? take
                : take + "; or fetch the other first: " + name.engine() + " pull --platform " + other.wanted() + " "
                        + name.rest() + "; for several at once name the image in its registry: " + name.rest();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.engine.EngineImages;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives an engine an image: of several platforms the one that it runs.
 *
 * @param engine that takes it
 * @param names under which
 * @param where it was set, for errors
 */
public record EngineTarget(EngineImages engine, List<LoadName> names, String where) implements ImageTarget {

    @Override
    public void write(ImageDocuments image) throws IOException {
        try {
            ImageDocuments one = fitting(image, engine.platform());
            List<String> called = new ArrayList<>();
            for (LoadName name : names) {
                called.add(engine.nameOf(name.image(), name.inRegistry()));
            }
            engine.load(one, called);
        } catch (IOException e) {
            throw refused(engine, where, e);
        }
    }

    /** A full disk is no fault of the engine's. */
    public static UserError refused(EngineImages engine, String where, IOException cause) throws IOException {
        if (Reason.isFullDisk(cause)) {
            throw cause;
        }
        return new UserError(
                "the image cannot be loaded into " + engine.name() + ": " + ProgramText.plain(Reason.of(cause)),
                where,
                "see that " + engine.name() + " is there and answers: " + engine.name() + " version",
                cause);
    }

    /**
     * The part for a platform; one that is for another platform alone is taken too, since some engines run such.
     *
     * @throws UserError if there are several, and none for this platform
     */
    public static ImageDocuments fitting(ImageDocuments image, Platform platform) {
        ImageDocuments.Platformed best = null;
        for (ImageDocuments.Platformed part : image.platforms()) {
            boolean better = best == null
                    || platform.fit(part.image().platform())
                            > platform.fit(best.image().platform());
            best = better ? part : best;
        }
        if (image.platforms().size() > 1 && platform.fit(best.image().platform()) == 0) {
            throw new UserError(
                    "the image is for "
                            + image.platforms().stream()
                                    .map(part -> part.image().platform())
                                    .toList()
                            + ", and the engine runs " + platform,
                    "<platforms>",
                    "add " + platform);
        }
        return image.of(best);
    }
}

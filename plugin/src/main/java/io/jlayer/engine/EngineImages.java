// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.List;

/** The images that an engine on this machine, or one that its program reaches, keeps for itself. */
public interface EngineImages {

    /** What the program is called. */
    String name();

    /**
     * What the engine runs.
     *
     * @throws IOException with the reason if it does not answer
     */
    Platform platform() throws IOException;

    /**
     * How people who use this engine write a name.
     *
     * @param inRegistry whether the name's registry is meant, even where it is Docker's, which need not be written
     * @throws IOException if this thread was interrupted while the engine was asked for its kind
     */
    String nameOf(ImageRef image, boolean inRegistry) throws IOException;

    /**
     * Gives the engine an image under some names, which it takes from whatever had them. What the engine has is not sent.
     *
     * @param image for one platform
     * @param names as {@link #nameOf} gives them
     * @throws IOException with what the engine complained of if it refuses the image
     */
    Loaded load(ImageDocuments image, List<String> names) throws IOException;

    /** The command that runs a loaded image, with the ports that it names open. */
    List<String> run(Image image, String name);

    /**
     * What came of loading.
     *
     * @param wasThere whether the engine had the image, under all of the names
     * @param bytes that were sent to it
     */
    record Loaded(boolean wasThere, long bytes) {}
}

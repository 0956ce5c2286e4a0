// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.OfferedPlatforms;
import io.jlayer.image.RawImage;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Platform;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image that was opened by its name to be looked at, for one of its platforms. Its layers can be read until it is
 * closed.
 */
public final class OpenedImage implements Closeable {

    private final RawImage raw;
    private final ImageLoader.Found found;
    private final List<Platform> others;

    private OpenedImage(RawImage raw, ImageLoader.Found found, List<Platform> others) {
        this.raw = raw;
        this.found = found;
        this.others = others;
    }

    /**
     * Opens an image.
     *
     * @param platform which one is wanted; else this machine's, else the first that there is
     * @param remedies what helps if there is none
     * @throws UserError if there is no such image, or it is broken
     */
    public static OpenedImage open(
            Transports transports, Store store, String name, Optional<Platform> platform, ImageRemedies remedies)
            throws IOException {
        RawImage raw = null;
        try {
            raw = transports.open(name, "-Djlayer.image", platform.map(List::of).orElse(List.of()));
            List<Platform> offered = OfferedPlatforms.of(raw);
            Platform chosen = platform.orElseGet(() -> usual(offered));
            ImageLoader.Found found = new ImageLoader(raw.blobs(), store.blobs()).find(raw.root(), chosen);
            List<Platform> others = new ArrayList<>(offered);
            others.remove(found.manifest().platform().orElse(found.image().platform()));
            return new OpenedImage(raw, found, List.copyOf(others));
        } catch (IOException | IllegalArgumentException e) {
            if (raw != null) {
                raw.close();
            }
            throw remedies.unusable("there is no image to look at", name, name, e);
        }
    }

    private static Platform usual(List<Platform> offered) {
        return offered.isEmpty() || offered.stream().anyMatch(platform -> Platform.HOST.fit(platform) > 0)
                ? Platform.HOST
                : offered.get(0);
    }

    /** The index or manifest that the name leads to. */
    public Descriptor root() {
        return raw.root();
    }

    /** The manifest that was chosen. */
    public Descriptor manifest() {
        return found.manifest();
    }

    public Image image() {
        return found.image();
    }

    /** The platforms that it is for besides the one that was chosen, as far as an index says so. */
    public List<Platform> others() {
        return others;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.Image;
import io.jlayer.image.ImageSource;
import io.jlayer.oci.Platform;
import io.jlayer.registry.RegistrySource;
import java.io.IOException;

/**
 * An image in a registry that is a base or to be tried; what goes wrong on the way is told with what may help.
 *
 * @param source the image
 * @param name as the user wrote it
 * @param use what it is wanted for
 * @param registries the way there
 */
record RegistryBase(RegistrySource source, TransportName name, ImageUse use, Registries registries)
        implements ImageSource {

    @Override
    public Image load(Platform platform, BlobStore store) throws IOException {
        try {
            return source.load(platform, store);
        } catch (IOException e) {
            throw RegistryRemedies.forPull(name, use, e);
        }
    }

    /** The same, but all layers are here once an image is loaded, fetched side by side. */
    ImageSource whole() {
        return (platform, store) -> {
            Image image = load(platform, store);
            try {
                registries.client().fetch(image, store);
            } catch (IOException e) {
                throw RegistryRemedies.forPull(name, use, e);
            }
            return image;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.layer.Layer;
import io.jlayer.registry.RegistryTarget;
import java.io.IOException;

/** A repository to push to; what goes wrong on the way is told with what may help. */
public record RegistryGoal(RegistryTarget registry) implements ImageTarget {

    @Override
    public void expect(Layer layer, boolean isNew) throws IOException {
        try {
            registry.expect(layer, isNew);
        } catch (IOException e) {
            throw RegistryRemedies.forPush(registry.image(), e);
        }
    }

    @Override
    public void write(ImageDocuments image) throws IOException {
        try {
            registry.write(image);
        } catch (IOException e) {
            throw RegistryRemedies.forPush(registry.image(), e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RegistrySourceContractTest extends ImageSourceContract {

    private FakeRegistry registry;
    private TestRun run;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        run = new TestRun();
    }

    @AfterEach
    void stop() throws IOException {
        run.close();
        registry.close();
    }

    @Override
    protected ImageSource sourceOf(ImageDocuments image) throws IOException {
        TestImages.seed(registry, "a/b", "1", image);
        ImageRef ref = ImageRef.parse(registry.host() + "/a/b:1");
        return run.client.source(ref, loaded.records("resolutions"), run.warnings::add);
    }
}

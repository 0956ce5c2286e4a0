// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.blob.Store;
import io.jlayer.image.ImageTarget;
import io.jlayer.image.ImageTargetContract;
import io.jlayer.image.RawImage;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RegistryTargetContractTest extends ImageTargetContract {

    private FakeRegistry registry;
    private TestRun run;
    private int reads;

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

    private ImageRef ref() {
        return ImageRef.parse(registry.host() + "/a/b:1");
    }

    @Override
    protected ImageTarget target() {
        return run.client.target(ref(), List.of());
    }

    /** Read by somebody who has nothing yet. */
    @Override
    protected RawImage written() throws IOException {
        Store empty = Store.open(directory.resolve("reader-" + reads++));
        return run.client
                .source(ref(), empty.records("resolutions"), run.warnings::add)
                .open(empty.blobs());
    }
}

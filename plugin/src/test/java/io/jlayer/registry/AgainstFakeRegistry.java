// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of client and registry share: a fake registry for each, and how images get there and back. */
public abstract class AgainstFakeRegistry {

    @TempDir
    Path temp;

    /** Three layers of 1000 bytes. */
    public final ImageDocuments image = TestImages.documents(TestImages.image(1, 3));

    public FakeRegistry registry;

    @BeforeEach
    final void start() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    final void stop() {
        registry.close();
    }

    final RegistryTarget target(TestRun run, String name, String... tags) {
        return run.client.target(ImageRef.parse(registry.host() + "/" + name), List.of(tags));
    }

    final PushReport push(TestRun run, ImageDocuments pushed, String name, String... tags) throws IOException {
        RegistryTarget target = target(run, name, tags);
        target.write(pushed);
        return target.report().orElseThrow();
    }

    /** Pulls an image, with all of its layers. */
    final Image load(TestRun run, String name) throws IOException {
        Store store = Store.open(temp.resolve("store"));
        Image loaded = run.client
                .source(ImageRef.parse(registry.host() + "/" + name), store.records("r"), run.warnings::add)
                .load(AMD64, store.blobs());
        run.client.fetch(loaded, store.blobs());
        return loaded;
    }
}

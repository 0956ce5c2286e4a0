// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.util.List;

/** What another process pushes; started, and killed, by {@link KilledPushTest}. */
final class PushProcess {

    static final int LAYERS = 12;

    private PushProcess() {}

    public static void main(String[] args) throws IOException {
        try (TestRun run = new TestRun()) {
            run.client
                    .target(ImageRef.parse(args[0]), List.of("latest"))
                    .write(TestImages.documents(TestImages.image(1, LAYERS)));
        }
    }
}

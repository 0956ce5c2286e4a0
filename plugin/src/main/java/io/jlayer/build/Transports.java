// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.Store;
import io.jlayer.image.*;
import io.jlayer.layout.LayoutTarget;
import java.util.function.Consumer;

final class Transports {
    Transports(Store s, Application a, BuildPlan p, Consumer<String> w) {}

    ImageSource source(String from) {
        return (p, s) -> Image.scratch(p);
    }

    ImageTarget target(String to) {
        return new LayoutTarget(null, null, null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import java.util.function.Consumer;

/** Bases of which jlayer makes the config: they have no command of their own, and no server. */
final class EmptyBase {

    private EmptyBase() {}

    static boolean is(String from) {
        return from.startsWith("jdk:") || from.startsWith("rootfs:") || from.equals("scratch");
    }

    /** Such an image can be built, and nothing else. */
    static void warnIfNothingRuns(ImageSettings settings, String what, Consumer<String> warnings) {
        ContainerSettings container = settings.container();
        if (is(settings.from())
                && container.entrypoint().isEmpty()
                && container.args().isEmpty()) {
            warnings.accept("nothing says what the image runs: with " + what + " on " + settings.from()
                    + ", set <container><entrypoint> or <args>");
        }
    }
}

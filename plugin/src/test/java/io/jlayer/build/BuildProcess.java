// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import java.io.IOException;
import java.nio.file.Path;

/** A build in a process of its own; says what came of it. */
final class BuildProcess {

    private BuildProcess() {}

    /** The project, as {@link SmallApplication} makes it, and the base. */
    public static void main(String[] args) throws IOException {
        SmallApplication application = SmallApplication.in(Path.of(args[0]));
        application.from = args[1];
        System.out.println("begins");
        try {
            System.out.println("built " + application.build().image().root().digest());
        } catch (IOException | UserError e) {
            System.out.println("failed: " + Reason.of(e));
        }
    }
}

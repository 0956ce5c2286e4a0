// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Optional;

/** Which engine a program really is: others go by docker's name. For one thread. */
final class EngineKind {

    private final EngineProgram program;
    private Optional<String> version = Optional.empty();

    EngineKind(EngineProgram program) {
        this.program = program;
    }

    boolean isPodman() throws InterruptedIOException {
        return version().contains("podman");
    }

    boolean isNerdctl() throws InterruptedIOException {
        return !isPodman() && version().contains("nerdctl");
    }

    /** Asked for once. */
    private String version() throws InterruptedIOException {
        if (version.isEmpty()) {
            version = Optional.of(program.tryAsk("--version").orElse("").toLowerCase(Locale.ROOT));
        }
        return version.get();
    }
}

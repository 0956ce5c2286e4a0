// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import java.io.IOException;
import java.io.Serial;

/** Says why an engine gave no image. */
public final class EngineException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What was in the way. */
    public enum Kind {
        /** Its program is not here. */
        NOT_INSTALLED,
        /** Nobody answers its program, or not to this user. */
        NO_ANSWER,
        /** It has no such image. */
        NO_IMAGE,
        /** It is on another machine, and nobody may be asked there. */
        OFFLINE
    }

    private final Kind kind;

    /** Says what is in the way, in words. */
    public EngineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.io.IOException;
import java.time.Duration;

/** Says that a server was waited for as long as one waits. */
public final class StalledException extends IOException {

    private static final long serialVersionUID = 1L;

    public StalledException(String message) {
        super(message);
    }

    static StalledException withoutAnswer(Duration limit) {
        return new StalledException(
                "no answer for " + (limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import java.time.Duration;

/**
 * How long to wait, and how often to try again. Nothing limits how long a whole blob takes: only standing still does.
 *
 * @param connect for a connection
 * @param stall while bytes should flow, or a small answer should come
 * @param answer once a blob was sent: some registries copy it before they answer
 * @param attempts in all, at one request
 */
public record Patience(Duration connect, Duration stall, Duration answer, int attempts) {

    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(5), 5);

    public Patience {
        if (attempts < 1) {
            throw new IllegalArgumentException("at least one attempt is needed, not " + attempts);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says that a registry, or something before it, answered with a refusal. The message holds no secret. */
public final class RegistryException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> codes;
    private final transient Optional<Duration> retryAfter;
    private final boolean anonymous;

    RegistryException(String message, int status, List<String> codes, Optional<Duration> retryAfter) {
        this(message, status, codes, retryAfter, false);
    }

    private RegistryException(
            String message, int status, List<String> codes, Optional<Duration> retryAfter, boolean anonymous) {
        super(message);
        this.status = status;
        this.codes = List.copyOf(codes);
        this.retryAfter = retryAfter;
        this.anonymous = anonymous;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The specification's error codes, such as {@code MANIFEST_UNKNOWN}, if the registry gave any. */
    public List<String> codes() {
        return codes;
    }

    /** Whether nothing was known that could say who asks. */
    public boolean anonymous() {
        return anonymous;
    }

    /** How long the registry wants to be left alone. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may fare better later. */
    boolean passing() {
        return switch (status) {
            case 408, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    RegistryException saying(String message) {
        return copy(message, anonymous);
    }

    /** The same, since nobody said who asks. */
    RegistryException toNobody(String message) {
        return copy(message, true);
    }

    private RegistryException copy(String message, boolean nobody) {
        RegistryException other = new RegistryException(message, status, codes, retryAfter, nobody);
        other.initCause(this);
        return other;
    }
}

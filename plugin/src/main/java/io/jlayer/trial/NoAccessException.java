// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.util.List;

/** No way to run a trial works here; has the reason of each. */
final class NoAccessException extends TrialException {

    private static final long serialVersionUID = 1;

    private final transient List<String> reasons;

    NoAccessException(List<String> reasons) {
        super(
                "run a trial: no way to do so works here:\n  " + String.join("\n  ", reasons),
                "engine",
                "do what one of these lines says, or install podman or docker");
        this.reasons = List.copyOf(reasons);
    }

    List<String> reasons() {
        return reasons;
    }
}

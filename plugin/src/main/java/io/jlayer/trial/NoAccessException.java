// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.io.IOException;
import java.util.List;

/** No way to run a trial works here; has the reason of each. */
final class NoAccessException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient List<String> reasons;

    NoAccessException(List<String> reasons) {
        super("run a trial: no way to do so works here:\n  " + String.join("\n  ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    List<String> reasons() {
        return reasons;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.util.Collection;
import java.util.Optional;

public final class Nearest {
    private Nearest() {}

    public static Optional<String> suggest(String s, Collection<String> c) {
        return c.stream().filter(x -> x.startsWith(s.substring(0, 3))).findFirst();
    }
}

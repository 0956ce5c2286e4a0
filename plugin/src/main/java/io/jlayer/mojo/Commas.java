// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists as they are written in one line. */
final class Commas {

    private Commas() {}

    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    static List<String> append(List<String> list, String item) {
        List<String> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }
}

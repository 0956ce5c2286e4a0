// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import java.util.ArrayList;
import java.util.List;

/** Lists as they are written in one line: with commas between, and a backslash before a comma that is part of an item. */
final class Commas {

    private Commas() {}

    static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.startsWith("\\,", i)) {
                item.append(',');
                i++;
            } else if (i < text.length() && text.charAt(i) != ',') {
                item.append(text.charAt(i));
            } else {
                addUnlessEmpty(items, item.toString().strip());
                item.setLength(0);
            }
        }
        return List.copyOf(items);
    }

    private static void addUnlessEmpty(List<String> items, String item) {
        if (!item.isEmpty()) {
            items.add(item);
        }
    }

    static List<String> append(List<String> list, String item) {
        List<String> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import java.util.List;
import java.util.stream.Collectors;

/** Text that a POSIX shell reads as it stands. */
final class ShellText {

    private ShellText() {}

    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    static String quote(List<String> words) {
        return words.stream().map(ShellText::quote).collect(Collectors.joining(" "));
    }
}

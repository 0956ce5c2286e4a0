// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

/** What another program said, for a terminal. */
final class ProgramText {

    private ProgramText() {}

    /** Without what a terminal would take for a command; lines stay lines. */
    static String plain(String said) {
        StringBuilder plain = new StringBuilder();
        String text = String.valueOf(said);
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            plain.append(Character.isISOControl(one) && one != '\n' ? '\uFFFD' : one);
        }
        return plain.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * The words that a program is started with, as UTF-8 in every locale: Java gives them out in the locale's encoding, with
 * question marks for what that lacks. So a shell makes those words that are not ASCII, and becomes the program.
 */
public final class ProgramWords {

    /** Whether Java gives words out as they are; one of the two encodings is what it goes by, and which depends on its release. */
    private static final boolean UTF8_HERE = File.separatorChar != '/'
            || ("UTF-8".equals(System.getProperty("sun.jnu.encoding"))
                    && Charset.defaultCharset().equals(UTF_8));

    private ProgramWords() {}

    /** A command of ASCII alone that runs {@code command}; as a rule it is that itself. */
    public static List<String> ascii(List<String> command) throws IOException {
        if (isKept(String.join("", command))) {
            return command;
        }
        StringBuilder script = new StringBuilder();
        StringBuilder exec = new StringBuilder("exec");
        List<String> words = new ArrayList<>();
        for (int i = 0; i < command.size(); i++) {
            String word = command.get(i);
            if (isAscii(word)) {
                words.add(word);
                exec.append(" \"${").append(words.size()).append("}\"");
            } else {
                // What ends the text keeps its last line ends, which the shell would take away.
                script.append("w")
                        .append(i)
                        .append("=$(printf '")
                        .append(octal(word))
                        .append(".'); ");
                exec.append(" \"${w").append(i).append("%.}\"");
            }
        }
        List<String> ascii = new ArrayList<>(
                List.of(HostPrograms.require("sh"), "-c", script.append(exec).toString(), "sh"));
        ascii.addAll(words);
        return ascii;
    }

    /** Whether a word or a variable reaches a program as it is, without what {@link #ascii} does for words. */
    public static boolean isKept(String word) {
        return UTF8_HERE || isAscii(word);
    }

    private static String octal(String word) {
        StringBuilder text = new StringBuilder();
        for (byte one : word.getBytes(UTF_8)) {
            text.append(String.format("\\%03o", one & 0xff));
        }
        return text.toString();
    }

    private static boolean isAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileNames;
import io.jlayer.overlay.ProgramWords;
import io.jlayer.trial.TrialException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a trial's variables reach an engine's program: never by its command line, which every user of the machine can read,
 * since they may be secrets. They go by its own environment, out of which it takes those that are named to it; what would
 * mean something to the program itself, or cannot stand there, goes by a file.
 *
 * @param words options
 * @param environment what the program is started with, besides what it has anyway
 */
record PassedVariables(List<String> words, SortedMap<String, String> environment) {

    /** What steers the program, the loader that starts it, or a shell that stands in front of it. */
    private static final Pattern HEEDED = Pattern.compile(
            "PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|TMPDIR|TMP|TEMP|TERM|COLORTERM|NO_COLOR|LANG|LANGUAGE|TZ"
                    + "|IFS|ENV|PS4|CDPATH|BASH.*|SHELLOPTS|(LC|LD|DYLD|GLIBC|MALLOC|CGO)_.*|GO[A-Z]*"
                    + "|(DOCKER|PODMAN|BUILDAH|BUILDKIT|BUILDX|COMPOSE|STORAGE|REGISTRY|SSH|SSL|XDG|DBUS|OTEL|NERDCTL)_.*"
                    + "|CONTAINER.*|.*_PROXY|NOTIFY_SOCKET|LISTEN_.*|SYSTEMD_.*|SUDO_.*|_.*"
                    + "|SYSTEMROOT|WINDIR|USERPROFILE|(LOCAL)?APPDATA|PROGRAM.*|COMSPEC|PATHEXT",
            Pattern.CASE_INSENSITIVE);

    /** Others may be patterns, or no names at all, to the one or the other program. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    /**
     * Passes variables.
     *
     * @param directory for the file, which only this user can read
     * @throws TrialException if one can go neither way
     */
    static PassedVariables of(Map<String, String> variables, Path directory) throws IOException {
        List<String> words = new ArrayList<>();
        SortedMap<String, String> environment = new TreeMap<>();
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            String value = variable.getValue();
            if (!HEEDED.matcher(name).matches() && PLAIN.matcher(name).matches() && ProgramWords.isKept(value)) {
                environment.put(name, value);
                words.addAll(List.of("--env", name));
            } else {
                lines.append(line(name, value)).append('\n');
            }
        }
        if (lines.length() > 0) {
            // A temporary file of Java's is for its owner's eyes only.
            Path file = Files.createTempFile(directory, "environment", "");
            Files.write(file, lines.toString().getBytes(UTF_8));
            words.addAll(List.of("--env-file", FileNames.text(file)));
        }
        return new PassedVariables(words, environment);
    }

    private static String line(String name, String value) throws TrialException {
        if (name.startsWith("#")) {
            throw new TrialException(
                    "the variable " + name + " cannot be passed on to an engine: its program takes that for a comment",
                    "environment",
                    "give it another name");
        }
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new TrialException(
                    "the variable " + name + " has a line break in its value, and cannot be passed on so to an engine:"
                            + " its program would heed it itself, and its files of variables have no line breaks",
                    "environment",
                    "give it without line breaks, or set it within, by a command such as sh -c 'export " + name
                            + "=...'");
        }
        return name + "=" + value;
    }
}

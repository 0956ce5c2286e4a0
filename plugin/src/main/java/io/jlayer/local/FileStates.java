// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.FileState;
import io.jlayer.oci.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How files and directories of this machine looked when something was made of them. While they look the same, it need not
 * be made again.
 */
record FileStates(SortedMap<String, String> byPath) {

    /** A file that was written to this shortly before could be written to again without its times showing it. */
    private static final long UNSETTLED = TimeUnit.SECONDS.toNanos(3);

    static FileStates of(Collection<Path> files) throws IOException {
        SortedMap<String, String> states = new TreeMap<>();
        for (Path file : files) {
            states.put(file.toString(), state(file));
        }
        return new FileStates(states);
    }

    private static String state(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        FileState state = FileState.of(file);
        return state.size() + " " + state.modified() + " " + state.changed() + " " + state.inode();
    }

    /** Whether all files still look so. */
    boolean hold() throws IOException {
        for (Map.Entry<String, String> file : byPath.entrySet()) {
            if (!state(Path.of(file.getKey())).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Whether a change after {@code time} would show. */
    boolean settledAt(Instant time) {
        long latest = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) - UNSETTLED;
        for (String state : byPath.values()) {
            String[] numbers = state.split(" ", -1);
            if (numbers.length == 4 && Math.max(Long.parseLong(numbers[1]), Long.parseLong(numbers[2])) > latest) {
                return false;
            }
        }
        return true;
    }

    static FileStates fromJson(JsonObject json) {
        return new FileStates(json.textMap("files"));
    }

    JsonObject toJson() {
        return JsonObject.EMPTY.with("files", byPath);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A range of ids that a user may hand to processes of their own.
 *
 * @param own the user's own id, which becomes 0
 * @param first the range's first id, which becomes 1
 * @param count how many
 */
public record SubordinateIds(long own, long first, long count) {

    /**
     * The user's largest range in a file such as {@code /etc/subuid}, whose lines are {@code USER:FIRST:COUNT}.
     *
     * @param user name of the user
     * @param uid the user's number, which may stand in place of the name
     * @param own the id that becomes 0
     */
    static Optional<SubordinateIds> read(Path file, String user, long uid, long own) throws IOException {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        Optional<SubordinateIds> largest = Optional.empty();
        // Whatever bytes the names of other users are, they must not be an error.
        String name = new String(user.getBytes(UTF_8), ISO_8859_1);
        for (String line : Files.readAllLines(file, ISO_8859_1)) {
            String[] parts = line.trim().split(":", -1);
            if (parts.length == 3 && (parts[0].equals(name) || parts[0].equals(Long.toString(uid)))) {
                SubordinateIds ids = new SubordinateIds(own, number(file, parts[1]), number(file, parts[2]));
                if (largest.isEmpty() || ids.count > largest.get().count) {
                    largest = Optional.of(ids);
                }
            }
        }
        return largest;
    }

    /** Whether there is an id of this user for {@code id} of an image. */
    boolean reach(long id) {
        return id >= 0 && id <= count;
    }

    /** What an id of this machine is within; 65534 (nobody) if it has no place there. */
    long within(long id) {
        if (id == own) {
            return 0;
        }
        return id >= first && id < first + count ? id - first + 1 : 65534;
    }

    private static long number(Path file, String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("read " + file + ": '" + text + "' is not a number", e);
        }
    }
}

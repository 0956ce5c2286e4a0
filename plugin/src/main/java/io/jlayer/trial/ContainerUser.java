// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.layer.LayerPath;
import io.jlayer.overlay.RootFs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who a program runs as, within.
 *
 * @param uid user
 * @param gid group
 * @param groups further groups
 * @param home directory
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties">config.md, User</a>
 */
record ContainerUser(long uid, long gid, SortedSet<Long> groups, String home) {

    private static final long NO_ID = 0xFFFF_FFFFL;

    /** In bytes; some hundred thousand users. */
    private static final int LONGEST_FILE = 16 << 20;

    /** Reads {@code user}, {@code uid}, {@code user:group} and so on, by the image's own passwd and group files. */
    static ContainerUser of(String text, RootFs rootFs) throws IOException {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        List<String[]> passwd = lines(rootFs, "etc/passwd", 7);
        List<String[]> groups = lines(rootFs, "etc/group", 4);
        Optional<String[]> line = find(passwd, user.isEmpty() ? "0" : user);
        long uid = line.isPresent() ? number(line.get()[2]) : idOf(user.isEmpty() ? "0" : user, "user", "/etc/passwd");
        long gid = line.isPresent() ? number(line.get()[3]) : 0;
        if (!group.isEmpty()) {
            Optional<String[]> groupLine = find(groups, group);
            gid = groupLine.isPresent() ? number(groupLine.get()[2]) : idOf(group, "group", "/etc/group");
        }
        SortedSet<Long> more = new TreeSet<>();
        if (group.isEmpty() && line.isPresent()) {
            for (String[] each : groups) {
                if (List.of(each[3].split(",", -1)).contains(line.get()[0])) {
                    more.add(number(each[2]));
                }
            }
        }
        return new ContainerUser(uid, gid, more, line.map(found -> found[5]).orElse("/"));
    }

    /** By name first, as the name may be one of digits. */
    private static Optional<String[]> find(List<String[]> lines, String key) {
        for (int column : new int[] {0, 2}) {
            for (String[] line : lines) {
                if (line[column].equals(key)) {
                    return Optional.of(line);
                }
            }
        }
        return Optional.empty();
    }

    private static long idOf(String text, String what, String file) throws IOException {
        try {
            // The kernel knows no higher one, and the last means none.
            long id = Integer.toUnsignedLong(Integer.parseUnsignedInt(text));
            if (id < NO_ID) {
                return id;
            }
            throw new NumberFormatException(text);
        } catch (NumberFormatException e) {
            throw new TrialException(
                    "the image has no " + what + " '" + text + "' in its " + file,
                    "user",
                    "name one that it has, or one by number, by -Djlayer.try.user",
                    e);
        }
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TrialException(
                    "the image's users have the id '" + text + "', which is no number",
                    "user",
                    "mend its /etc/passwd and /etc/group, or name a user by number, by -Djlayer.try.user",
                    e);
        }
    }

    private static String text(Path path, String file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LONGEST_FILE + 1);
        }
        if (bytes.length > LONGEST_FILE) {
            throw new TrialException(
                    "the image's /" + file + " is longer than " + LONGEST_FILE + " bytes",
                    "",
                    "take another image: no real one has so many users");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<String[]> lines(RootFs rootFs, String file, int columns) throws IOException {
        Optional<Path> path = rootFs.resolve(LayerPath.of(file));
        List<String[]> lines = new ArrayList<>();
        if (path.isPresent() && Files.isRegularFile(path.get())) {
            // Names that are not ASCII matter to nobody here, but must not be an error.
            for (String line : text(path.get(), file).lines().toList()) {
                String[] parts = line.split(":", -1);
                if (parts.length >= columns) {
                    lines.add(parts);
                }
            }
        }
        return lines;
    }
}

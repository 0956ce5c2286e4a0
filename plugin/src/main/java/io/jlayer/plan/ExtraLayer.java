// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.error.UserError;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer of files that the user names.
 *
 * @param name what people call it
 * @param files what goes where
 * @param links symbolic links
 */
public record ExtraLayer(String name, List<FileSet> files, List<Link> links) {

    /**
     * Files of this machine, and where they go.
     *
     * @param from a file or a directory
     * @param into the directory that they go into; for a file, its new path, unless it ends with a slash or is a directory in
     *     the image
     * @param includes patterns of paths below {@code from}; none means all
     * @param excludes patterns of paths that are left out
     * @param mode of files; if empty, 0755 for what its owner may execute and 0644 for the rest
     * @param directoryMode of directories
     * @param uid owner of all
     * @param gid group of all
     */
    public record FileSet(
            Path from,
            String into,
            List<String> includes,
            List<String> excludes,
            OptionalInt mode,
            int directoryMode,
            long uid,
            long gid) {

        private static final Pattern OCTAL = Pattern.compile("[0-7]{3,4}");
        private static final Pattern OWNER = Pattern.compile("(\\d{1,10})(?::(\\d{1,10}))?");

        /** Reads what the user wrote; {@code null} is what was not written. */
        public static FileSet of(
                Path from,
                String into,
                List<String> includes,
                List<String> excludes,
                String mode,
                String directoryMode,
                String owner) {
            if (from == null) {
                throw new UserError("a <file> has no <from>", "<layers>", "say which file or directory is meant");
            }
            Matcher ids = OWNER.matcher(owner);
            if (!ids.matches()) {
                throw new UserError(
                        "'" + owner + "' is not an owner",
                        "<owner>",
                        "write numbers, as 1000:1000: names differ from image to image");
            }
            long uid = Long.parseLong(ids.group(1));
            return new FileSet(
                    from,
                    checkedPath(into, "<into>"),
                    List.copyOf(includes),
                    List.copyOf(excludes),
                    mode == null ? OptionalInt.empty() : OptionalInt.of(octal(mode, "<mode>")),
                    directoryMode == null ? Metadata.DIRECTORY.mode() : octal(directoryMode, "<directoryMode>"),
                    uid,
                    Optional.ofNullable(ids.group(2)).map(Long::parseLong).orElse(uid));
        }

        private static int octal(String text, String where) {
            if (!OCTAL.matcher(text).matches()) {
                throw new UserError("'" + text + "' is not a file mode", where, "write octal digits, as 0644");
            }
            return Integer.parseInt(text, 8);
        }
    }

    /**
     * A symbolic link.
     *
     * @param at where it is
     * @param to where it leads, as it stands in the link
     */
    public record Link(LayerPath at, String to) {

        /** Reads what the user wrote. */
        public static Link of(String at, String to) {
            if (at == null || to == null || to.isEmpty()) {
                throw new UserError("a <link> lacks <at> or <to>", "<layers>", "write both");
            }
            return new Link(LayerPath.of(checkedPath(at, "<at>")), to);
        }
    }

    private static String checkedPath(String path, String where) {
        try {
            LayerPath.of(path);
            return path;
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), where, "write a path in the image, without '..'", e);
        }
    }
}

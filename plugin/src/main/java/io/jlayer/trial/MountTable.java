// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.FileNames;
import java.nio.file.Path;

/**
 * Mounts for one run of {@code mount -a}, in order: one program in place of thirty.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/fstab.5.html">fstab(5)</a>
 */
final class MountTable {

    private final Path root;
    private final StringBuilder lines = new StringBuilder();

    /** All targets are below {@code root}. */
    MountTable(Path root) {
        this.root = root;
    }

    /** A mount of a file system's own type. */
    MountTable mount(String type, String target, String options) {
        return line(type, FileNames.resolve(root, target), type, options);
    }

    /** The root itself, before all else. */
    MountTable withRoot(String type, String options) {
        MountTable table = new MountTable(root);
        table.line("jlayer", root, type, options).lines.append(lines);
        return table;
    }

    /** Something of this machine at another place. */
    MountTable bind(Path source, String target, String options) {
        return line(FileNames.text(source), FileNames.resolve(root, target), "none", options);
    }

    private MountTable line(String source, Path target, String type, String options) {
        lines.append(escape(source))
                .append(' ')
                .append(escape(FileNames.text(target)))
                .append(' ')
                .append(type)
                .append(' ')
                .append(options)
                .append(" 0 0\n");
        return this;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012")
                .replace("#", "\\043");
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}

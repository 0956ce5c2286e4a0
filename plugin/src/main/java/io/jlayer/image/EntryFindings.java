// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Whiteouts;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarForm;
import io.jlayer.tar.XattrValue;
import java.util.Optional;

/**
 * What clients cannot unpack of one entry, and what some of them cannot. Nearly all of them read tars with Go's archive/tar,
 * and set attributes by the kernel's rules.
 *
 * @see <a href="https://pkg.go.dev/archive/tar#pkg-constants">archive/tar</a>
 */
final class EntryFindings {

    /** What Go takes at most for a header that tells of an entry. */
    private static final int LONGEST_HEADER = 1 << 20;

    /** What Linux takes at most for where a link leads, in bytes. */
    private static final int LONGEST_LINK = 4095;

    private EntryFindings() {}

    /** What no client can unpack; empty if all is well. */
    static Optional<String> error(LayerPath path, TarEntry tar, TarForm form) {
        if (form.name().isEmpty()) {
            return Optional.of("it has an entry with an empty name");
        } else if (path.isRoot() && tar.type() != TarEntry.Type.DIRECTORY) {
            return Optional.of("it has the root, '" + form.name() + "', as something else than a directory");
        } else if (form.longestHeader() > LONGEST_HEADER) {
            return Optional.of(path + " has a header of " + form.longestHeader() + " bytes; clients take "
                    + LONGEST_HEADER + " at most");
        } else if (tar.type() == TarEntry.Type.SYMLINK && tar.linkName().getBytes(UTF_8).length > LONGEST_LINK) {
            return Optional.of(path + " is a link with more than the " + LONGEST_LINK + " bytes that one may have");
        }
        XattrValue capability = tar.xattrs().get("security.capability");
        return capability == null || isCapability(capability.toBytes())
                ? Optional.empty()
                : Optional.of(path + " has a security.capability that the kernel refuses");
    }

    /** What some clients read otherwise than others, or not at all. */
    static Optional<String> warning(LayerPath path, TarEntry tar, TarForm form) {
        if (form.flag() == 'S') {
            return Optional.of(path + " is a sparse file in GNU tar's old form, which some clients refuse");
        } else if (!form.isCommon()) {
            String flag = form.flag() > ' ' && form.flag() < 0x7f ? "'" + form.flag() + "'" : "" + (int) form.flag();
            return Optional.of(path + " is of the type " + flag + ", which many clients refuse");
        }
        boolean whiteout = Whiteouts.parse(path).isPresent();
        return whiteout && (tar.type() != TarEntry.Type.FILE || tar.size() > 0)
                ? Optional.of(path + " is a whiteout, and not an empty file")
                : Optional.empty();
    }

    /**
     * By the kernel's rules for {@code struct vfs_cap_data}: of its revisions only the second and the third are still
     * written, with 20 and 24 bytes.
     */
    private static boolean isCapability(byte[] value) {
        int revision = value.length < 4 ? 0 : value[3];
        return (revision == 2 && value.length == 20) || (revision == 3 && value.length == 24);
    }
}

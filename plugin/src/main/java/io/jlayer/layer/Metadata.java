// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.tar.XattrValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file is besides its name and bytes.
 *
 * @param mode the twelve permission bits
 * @param uid owner, by number
 * @param gid group, by number
 * @param mtime seconds since 1970
 * @param xattrs extended attributes, by their full name
 */
public record Metadata(int mode, long uid, long gid, long mtime, SortedMap<String, XattrValue> xattrs) {

    /**
     * The time of every file that jlayer lays out: one second after the start of 1970, so that a layer does not change
     * when nothing in it did. Not zero, which some programs take for "no time".
     */
    public static final long FIXED_MTIME = 1;

    /** Root's, readable by all. */
    public static final Metadata FILE = of(0644, 0, 0);
    /** Root's, to be entered by all. */
    public static final Metadata DIRECTORY = of(0755, 0, 0);

    public Metadata {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("mode " + Integer.toOctalString(mode) + " has more than twelve bits");
        }
        xattrs = xattrs.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
    }

    // The compiler's own equals and hashCode are linked at their first use, which costs a cold machine 20 milliseconds.
    @Override
    public boolean equals(Object other) {
        return other instanceof Metadata metadata
                && mode == metadata.mode
                && uid == metadata.uid
                && gid == metadata.gid
                && mtime == metadata.mtime
                && xattrs.equals(metadata.xattrs);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(mode ^ uid ^ gid ^ mtime) ^ xattrs.hashCode();
    }

    /** With the fixed time and no extended attributes. */
    public static Metadata of(int mode, long uid, long gid) {
        return new Metadata(mode, uid, gid, FIXED_MTIME, Collections.emptySortedMap());
    }

    public Metadata withMode(int other) {
        return new Metadata(other, uid, gid, mtime, xattrs);
    }
}

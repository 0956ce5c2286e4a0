// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a tar says about one file, besides its bytes.
 *
 * @param name the path as it stands in the archive, without a slash at the end
 * @param type what kind of file
 * @param mode the twelve permission bits
 * @param uid owner, by number
 * @param gid group, by number
 * @param size bytes of content that follow; 0 unless {@code type} is a file
 * @param mtime seconds since 1970
 * @param linkName where a link leads; empty otherwise
 * @param devMajor of a device; 0 otherwise
 * @param devMinor of a device; 0 otherwise
 * @param xattrs extended attributes, by their full name
 */
public record TarEntry(
        String name,
        Type type,
        int mode,
        long uid,
        long gid,
        long size,
        long mtime,
        String linkName,
        int devMajor,
        int devMinor,
        SortedMap<String, XattrValue> xattrs) {

    /** The kinds of file, and how ustar writes them. */
    public enum Type {
        FILE('0'),
        HARD_LINK('1'),
        SYMLINK('2'),
        CHARACTER_DEVICE('3'),
        BLOCK_DEVICE('4'),
        DIRECTORY('5'),
        FIFO('6');

        final char flag;

        Type(char flag) {
            this.flag = flag;
        }
    }

    public TarEntry {
        if (size < 0 || (size > 0 && type != Type.FILE)) {
            throw new IllegalArgumentException("size " + size + " of " + type + " " + name);
        }
        xattrs = xattrs.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
    }

    /** An entry without device numbers and extended attributes. */
    public TarEntry(String name, Type type, int mode, long uid, long gid, long size, long mtime, String linkName) {
        this(name, type, mode, uid, gid, size, mtime, linkName, 0, 0, Collections.emptySortedMap());
    }
}

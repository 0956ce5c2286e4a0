// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import java.util.Optional;

/**
 * A file of a layer: all that its tar says of it, but a digest in the place of its bytes.
 *
 * @param path where it is
 * @param type what kind of file; a hard link is one more name for a regular file
 * @param metadata mode, owner, time in seconds, extended attributes; of a hard link those of the file that it names
 * @param size bytes of content; of a hard link those of the file that it names, 0 where the layer does not have that file
 * @param link where a link leads: the text of a symbolic link, the path of a hard link's file; empty otherwise
 * @param content the SHA-256 of a regular file's bytes; of a hard link that of the file that it names, empty where the
 *     layer does not have that file
 * @param major of a device; 0 otherwise
 * @param minor of a device; 0 otherwise
 * @param implied whether the layer has no entry for it: a directory that is there since something is in it
 */
public record LayerFile(
        LayerPath path,
        TarEntry.Type type,
        Metadata metadata,
        long size,
        String link,
        Optional<Digest> content,
        int major,
        int minor,
        boolean implied) {

    static LayerFile of(LayerPath path, TarEntry tar, Metadata metadata, Optional<Digest> content) {
        return new LayerFile(
                path, tar.type(), metadata, tar.size(), tar.linkName(), content, tar.devMajor(), tar.devMinor(), false);
    }

    static LayerFile impliedDirectory(LayerPath path) {
        return new LayerFile(path, TarEntry.Type.DIRECTORY, Metadata.DIRECTORY, 0, "", Optional.empty(), 0, 0, true);
    }

    public boolean isDirectory() {
        return type == TarEntry.Type.DIRECTORY;
    }

    public boolean isSymlink() {
        return type == TarEntry.Type.SYMLINK;
    }

    /** Whether a program can read bytes from it: a regular file, or one more name for one. */
    public boolean isRegular() {
        return type == TarEntry.Type.FILE || type == TarEntry.Type.HARD_LINK;
    }

    /** How many bytes of content the layer has for it: none for a hard link, since its file has them. */
    public long storedSize() {
        return type == TarEntry.Type.FILE ? size : 0;
    }

    /** The same at another path: where it really is, when a link was in the way. */
    LayerFile at(LayerPath other) {
        return other.equals(path)
                ? this
                : new LayerFile(other, type, metadata, size, link, content, major, minor, implied);
    }

    /** One more name for {@code file}, which may be anything but a directory. */
    static LayerFile anotherName(LayerPath path, LayerFile file) {
        return file.isRegular()
                ? new LayerFile(
                        path,
                        TarEntry.Type.HARD_LINK,
                        file.metadata,
                        file.size,
                        file.path.value(),
                        file.content,
                        0,
                        0,
                        false)
                : file.at(path);
    }
}

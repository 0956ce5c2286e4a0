// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.concurrent.TimeUnit;

/**
 * Gives unpacked files their mode, owner, time and extended attributes, as far as the ownership lets it.
 *
 * <p>Extended attributes other than {@code user.*} are left out: capabilities are void in a trial, and the rest is the
 * business of the machine. So are those that overlayfs keeps its own marks in, since an image could forge them.
 */
final class FileAttributes {

    private static final int SET_ID = 06000;

    private final Ownership ownership;
    /** Owners that this process cannot give. */
    private final OwnersToCome later;

    FileAttributes(Path root, Ownership ownership) {
        this.ownership = ownership;
        this.later = new OwnersToCome(root, ownership);
    }

    /** What a regular file or directory is like. The order counts: a mode may forbid the rest, and a new owner undoes it. */
    void set(LayerPath at, Path file, Metadata metadata) throws IOException {
        PlainAttributes.write(file, metadata.xattrs());
        setOwner(at, file, metadata);
        FileTime time = FileTime.from(metadata.mtime(), TimeUnit.SECONDS);
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(time, null, null);
        Files.setAttribute(file, "unix:mode", metadata.mode());
    }

    /** The owner of a file of any kind. */
    void setOwner(LayerPath at, Path file, Metadata metadata) throws IOException {
        if (metadata.uid() == 0 && metadata.gid() == 0) {
            return; // as it was made
        }
        if (ownership.real()) {
            Files.setAttribute(file, "unix:uid", (int) metadata.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", (int) metadata.gid(), LinkOption.NOFOLLOW_LINKS);
        } else if (ownership.reaches(metadata.uid(), metadata.gid())) {
            later.add(
                    at,
                    metadata,
                    (metadata.mode() & SET_ID) != 0 && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
        }
    }

    void forget(LayerPath at) {
        later.remove(at);
    }

    void alsoAt(LayerPath file, LayerPath link) {
        later.alsoAt(file, link);
    }

    void finish() throws IOException {
        later.finish();
    }

    static void write(Path file, String name, byte[] value) throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.write(name, ByteBuffer.wrap(value));
    }
}

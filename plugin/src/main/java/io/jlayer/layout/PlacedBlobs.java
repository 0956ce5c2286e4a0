// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Blob;
import io.jlayer.blob.DraftName;
import io.jlayer.blob.FileBlobStore;
import io.jlayer.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/** Puts blobs of the store into a layout: the same file by another name where that can be, else a copy. */
final class PlacedBlobs {

    private final Path directory;
    private final FileBlobStore store;

    PlacedBlobs(Path directory, FileBlobStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** Makes sure that the blob is here, whole. */
    void place(Descriptor descriptor, Blob content) throws IOException {
        Path place = directory.resolve(LayoutIndex.blobPath(descriptor.digest()));
        store.put(descriptor, content);
        Path stored = store.file(descriptor.digest());
        if (isSame(stored, place)) {
            return;
        }
        Files.createDirectories(place.getParent());
        Path draft = DraftName.beside(place);
        try {
            link(stored, draft, descriptor);
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft); // a move onto the same file, by another link, moves nothing
        }
    }

    /** A copy has the size and the time of the blob that it was made from, which nothing else has. */
    private static boolean isSame(Path stored, Path place) throws IOException {
        if (!Files.isRegularFile(place)) {
            return false;
        }
        FileTime time = Files.getLastModifiedTime(stored);
        return Files.isSameFile(stored, place)
                || (Files.size(place) == Files.size(stored)
                        && Files.getLastModifiedTime(place).equals(time));
    }

    /** On the disk before it gets the time that says that it is whole: a crash must not leave the one without the other. */
    private static void copy(Blob blob, Path draft) throws IOException {
        try (InputStream in = blob.open();
                FileChannel channel = FileChannel.open(
                        draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            in.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    private void link(Path stored, Path draft, Descriptor descriptor) throws IOException {
        try {
            Files.createLink(draft, stored);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Another file system, one without links, or one that will not link a file of another owner.
            copy(store.get(descriptor.digest()), draft);
            Files.setLastModifiedTime(draft, Files.getLastModifiedTime(stored));
        }
    }
}

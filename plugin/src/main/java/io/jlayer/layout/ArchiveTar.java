// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.Blob;
import io.jlayer.layer.Metadata;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.SortedMap;

/** The files of an archive of images, written one after the other. Closing ends the tar, and not the stream below. */
final class ArchiveTar implements Closeable {

    private final TarWriter tar;

    /** Bytes whose number is known before they are read. */
    record SizedBlob(long size, Blob blob) {}

    ArchiveTar(OutputStream out) {
        this.tar = new TarWriter(new BufferedOutputStream(out, 1 << 16));
    }

    void add(String name, byte[] content) throws IOException {
        add(name, new SizedBlob(content.length, Blob.of(content)));
    }

    /** Adds the blobs and, before them, the directories that a layout has. */
    void addBlobs(SortedMap<String, SizedBlob> blobs) throws IOException {
        for (String directory : new String[] {"blobs", "blobs/sha256"}) {
            tar.begin(new TarEntry(directory, TarEntry.Type.DIRECTORY, 0755, 0, 0, 0, Metadata.FIXED_MTIME, ""));
        }
        for (var blob : blobs.entrySet()) {
            add(blob.getKey(), blob.getValue());
        }
    }

    private void add(String name, SizedBlob blob) throws IOException {
        tar.begin(new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, blob.size(), Metadata.FIXED_MTIME, ""));
        try (InputStream in = blob.blob().open()) {
            in.transferTo(tar.content());
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}

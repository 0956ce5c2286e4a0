// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A draft in the store's {@code tmp/}. */
final class FileBlobDraft extends BlobDraft {

    private final Path file;
    private final FileBlobStore store;
    private final FileChannel channel;

    FileBlobDraft(Path file, FileBlobStore store) throws IOException {
        this.file = file;
        this.store = store;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    protected void writeThrough(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("write " + file + ": " + e.getMessage(), e); // a channel does not say where
        }
    }

    @Override
    protected void publish(Digest digest) throws IOException {
        try {
            channel.force(true);
            channel.close();
            store.adopt(file, digest);
        } catch (IOException e) {
            discardAfter(e);
            throw e;
        }
    }

    private void discardAfter(IOException cause) {
        try {
            discard();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    protected void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}

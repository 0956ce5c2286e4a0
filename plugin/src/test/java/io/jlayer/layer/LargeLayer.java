// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.blob.Store;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Writes and reads one large file of zeros; run by {@link BoundedMemoryTest} with little memory. */
final class LargeLayer {

    private LargeLayer() {}

    /** Arguments: the store, the compression, and how many MiB. */
    public static void main(String[] args) throws IOException {
        long size = Long.parseLong(args[2]) << 20;
        FileEntry file = new FileEntry.Regular(LayerPath.of("zeros"), Metadata.FILE, new Zeros(size));
        try (Workers workers = new Workers(2)) {
            Layer layer = new LayerWriter(Store.open(Path.of(args[0])).blobs(), Compression.named(args[1]), workers)
                    .write(new LayerSpec("large", List.of(file)));
            try (LayerReader reader = LayerReader.open(layer.blob())) {
                assertOne(reader);
                reader.verify(layer.diffId());
                System.out.println("read " + reader.tarSize());
            }
        }
    }

    private static void assertOne(LayerReader reader) throws IOException {
        if (reader.next().isEmpty()) {
            throw new IOException("the layer is empty");
        }
    }

    private record Zeros(long size) implements FileContent {

        @Override
        public Digest digest() {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private long left = size;

                @Override
                public int read() {
                    throw new UnsupportedOperationException("too slow");
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    if (left == 0) {
                        return -1;
                    }
                    int count = (int) Math.min(length, left);
                    left -= count;
                    return count;
                }
            };
        }
    }
}

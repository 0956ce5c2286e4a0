// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.layer.FileContent;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that nobody else writes to; its digest is not remembered, since it is read once. */
record PlainFile(Path path) implements FileContent {

    private static final int BUFFER = 64 << 10;

    @Override
    public long size() throws IOException {
        return Files.size(path);
    }

    @Override
    public Digest digest() throws IOException {
        try (InputStream in = open()) {
            return Digest.sha256(in, new byte[BUFFER]);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.layer.FileContent;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A file that nobody else writes to; its digest is not remembered, since it is read once. */
record PlainFile(Path path) implements FileContent {

    private static final int BUFFER = 64 << 10;

    @Override
    public long size() throws IOException {
        return Files.size(path);
    }

    @Override
    public Digest digest() throws IOException {
        MessageDigest hash = Digest.newSha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        }
        return Digest.of(hash);
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}

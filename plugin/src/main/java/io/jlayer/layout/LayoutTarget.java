// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.blob.*;
import io.jlayer.image.*;
import io.jlayer.oci.*;
import java.io.*;
import java.nio.file.*;
import java.util.*;

public final class LayoutTarget implements ImageTarget {
    final Path dir;
    final FileBlobStore store;
    final List<String> tags;

    public LayoutTarget(Path d, FileBlobStore s, List<String> t) {
        dir = d;
        store = s;
        tags = t;
    }

    @Override
    public void write(ImageDocuments image) throws IOException {
        Path b = Files.createDirectories(dir.resolve("blobs/sha256"));
        for (var d : image.documents()) {
            try (InputStream in = d.blob().open()) {
                Files.copy(in, b.resolve(d.descriptor().digest().hex()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (var l : image.layers().keySet()) {
            Path t = b.resolve(l.digest().hex());
            if (!Files.exists(t)) {
                Files.createLink(t, store.file(l.digest()));
            }
        }
        Files.writeString(dir.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.write(
                dir.resolve("index.json"),
                new Index(
                                Format.OCI,
                                List.of(image.root().withAnnotation("org.opencontainers.image.ref.name", tags.get(0))),
                                new TreeMap<>())
                        .toBytes());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerReader;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of root file systems share: loading one, and showing what became of it. */
abstract class RootfsSourceContract {

    static final Platform AMD64 = Platform.parse("linux/amd64");

    @TempDir
    Path directory;

    final List<String> warnings = new ArrayList<>();
    Store store;

    @BeforeEach
    void openStore() throws IOException {
        store = Store.open(directory.resolve("store"));
    }

    Image load(Path rootfs, Platform platform) throws IOException {
        FileDigests digests = FileDigests.open(store, directory);
        return new RootfsSource(rootfs, store, digests, warnings::add).load(platform, store.blobs());
    }

    /** Each entry as {@code path type mode uid:gid link}, in the layer's order. */
    List<String> entries(Path rootfs) throws IOException {
        return entries(load(rootfs, AMD64).lowestFirst().get(0));
    }

    static List<String> entries(Layer layer) throws IOException {
        List<String> shown = new ArrayList<>();
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            for (Optional<LayerReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                var tar = next.get().tar();
                String link = tar.linkName().isEmpty() ? "" : " -> " + tar.linkName();
                String device = tar.devMajor() + tar.devMinor() == 0 ? "" : " " + tar.devMajor() + "," + tar.devMinor();
                shown.add("%s %s %o %d:%d%s%s"
                        .formatted(next.get().path(), tar.type(), tar.mode(), tar.uid(), tar.gid(), link, device));
            }
            reader.verify(layer.diffId());
        }
        return shown;
    }

    /** The first bytes of a program. */
    static byte[] program(int machine) {
        byte[] header = new byte[64];
        header[0] = 0x7f;
        header[1] = 'E';
        header[2] = 'L';
        header[3] = 'F';
        header[4] = 2;
        header[5] = 1;
        header[18] = (byte) machine;
        return header;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.image.LayerName;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the layers of bases are called, remembered: to make a name of a line of a Dockerfile, and to mask the secrets in it,
 * takes a cold machine many milliseconds, in each build.
 */
final class BaseNames {

    private final Records records;

    BaseNames(Store store) {
        this.records = store.records("layer-names-v1");
    }

    /** A name for each layer, lowest first. */
    List<String> of(ImageConfig base) throws IOException {
        List<JsonObject> lines = base.layerHistory();
        if (areOurs(lines)) {
            return LayerName.of(base); // which are names already
        }
        Digest key = Store.key(lines.toString());
        Optional<byte[]> known = records.read(key);
        if (known.isPresent()) {
            return read(known.get(), lines.size());
        }
        List<String> names = LayerName.of(base);
        records.write(key, write(names));
        return names;
    }

    private static boolean areOurs(List<JsonObject> lines) {
        for (JsonObject line : lines) {
            if (!LayerName.isOurs(line)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> read(byte[] record, int count) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }

    private static byte[] write(List<String> names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (String name : names) {
            out.writeUTF(name);
        }
        return bytes.toByteArray();
    }
}

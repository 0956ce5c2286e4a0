// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which images were built in a directory, latest first: only their roots and since when each was what a build gave. Their
 * documents and layers are blobs of the store as long as those are kept there. It lies in the store, so that
 * {@code mvn clean} does not take it along, and is written only by a build that gave another image than the one before.
 */
public final class BuiltImages {

    /** The latest, the one before, and some for builds that take turns within one run of Maven. */
    private static final int MOST = 4;

    private final Records records;
    private final Digest key;

    private BuiltImages(Store store, Path output) {
        this.records = store.records("built-v1");
        this.key = Store.key(FileNames.key(output));
    }

    /**
     * An image that was built here.
     *
     * @param since when the first of the builds began that gave it, one after the other
     * @param root its manifest or index
     */
    public record Built(Instant since, Descriptor root) {}

    /** The images that were built with {@code output} as their directory. */
    public static BuiltImages of(Store store, Path output) {
        return new BuiltImages(store, output);
    }

    /** Remembers what a build gave that began then. */
    void add(Instant began, Descriptor root) throws IOException {
        List<Built> before = read();
        if (!before.isEmpty() && before.get(0).root().digest().equals(root.digest())) {
            return;
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(record);
        int more = Math.min(before.size(), MOST - 1);
        out.writeByte(1 + more);
        write(out, new Built(began, root));
        for (int i = 0; i < more; i++) {
            write(out, before.get(i));
        }
        records.write(key, record.toByteArray());
    }

    private static void write(DataOutputStream out, Built built) throws IOException {
        out.writeLong(built.since().toEpochMilli());
        out.writeUTF(built.root().mediaType().name());
        out.writeUTF(built.root().digest().toString());
        out.writeLong(built.root().size());
    }

    /** Those that are remembered; something that is no record of them counts as none. */
    private List<Built> read() throws IOException {
        Optional<byte[]> record = records.read(key);
        List<Built> latestFirst = new ArrayList<>();
        if (record.isEmpty()) {
            return latestFirst;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record.get()));
        try {
            for (int count = in.readByte(); count > 0; count--) {
                Instant since = Instant.ofEpochMilli(in.readLong());
                MediaType type = new MediaType(in.readUTF());
                latestFirst.add(new Built(since, new Descriptor(type, Digest.parse(in.readUTF()), in.readLong())));
            }
            return latestFirst;
        } catch (IOException | IllegalArgumentException e) {
            return new ArrayList<>();
        }
    }

    /** What was built last before {@code time}, whether or not it is the same as what was built since. */
    public Optional<Built> lastBefore(Instant time) throws IOException {
        for (Built built : read()) {
            if (built.since().isBefore(time)) {
                return Optional.of(built);
            }
        }
        return Optional.empty();
    }

    /** What was built last and is something else. */
    public Optional<Built> lastOtherThan(Digest root) throws IOException {
        for (Built built : read()) {
            if (!built.root().digest().equals(root)) {
                return Optional.of(built);
            }
        }
        return Optional.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.bench;

import io.jlayer.blob.BlobDraft;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Blobs in and out of the store, and a thousand files that nobody touched. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StoreBenchmark {

    private static final int BLOB = 1 << 20;

    private Path directory;
    private Store store;
    private Descriptor known;
    private List<Path> files;
    private long number;

    @Setup
    public void open() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("jlayer-jmh-");
        store = Store.open(directory.resolve("store"));
        known = putNewBlob();
        files = new ArrayList<>();
        for (byte[] content : Files1000.contents()) {
            files.add(Files.write(directory.resolve("file" + files.size()), content));
        }
        Thread.sleep(3000); // files so young are never trusted
        FileDigests digests = FileDigests.open(store, directory);
        askForAll(digests);
        digests.save();
    }

    /** A blob of 1 MiB that the store does not have, written, synced and in its place. */
    @Benchmark
    public Descriptor putNewBlob() throws IOException {
        byte[] content = new byte[BLOB];
        ByteBuffer.wrap(content).putLong(number++);
        try (BlobDraft draft = store.blobs().draft()) {
            draft.write(content, 0, content.length);
            return draft.commit(MediaType.LAYER_TAR);
        }
    }

    /** The same of one that it has, read and checked. */
    @Benchmark
    public long readBlob() throws IOException {
        try (InputStream in = store.blobs().get(known.digest()).open()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Benchmark
    public boolean askForBlob() throws IOException {
        return store.blobs().contains(known.digest());
    }

    /** What a build in which nothing changed asks: a thousand digests, from nothing in memory. */
    @Benchmark
    public int digestsOfUnchangedFiles() throws IOException {
        return askForAll(FileDigests.open(store, directory));
    }

    private int askForAll(FileDigests digests) throws IOException {
        int hash = 0;
        for (Path file : files) {
            hash += digests.of(file).digest().hashCode();
        }
        return hash;
    }

    @TearDown
    public void close() throws IOException {
        Files1000.remove(directory);
    }
}

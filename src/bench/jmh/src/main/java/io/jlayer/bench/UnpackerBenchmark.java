// SPDX-License-Identifier: Apache-2.0
package io.jlayer.bench;

import io.jlayer.blob.Store;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Workers;
import io.jlayer.overlay.LayerDirectories;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.RootFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One layer of a thousand files into a directory for trials, checked on the way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class UnpackerBenchmark {

    @Param({"gzip", "zstd"})
    public String compression;

    private Path directory;
    private Path unpacked;
    private Layer layer;

    @Setup
    public void write() throws IOException {
        directory = Files.createTempDirectory("jlayer-jmh-");
        unpacked = directory.resolve("layers");
        try (Workers workers = new Workers(1)) {
            layer = new LayerWriter(Store.open(directory.resolve("store")).blobs(), Compression.named(compression), workers)
                    .write(Files1000.layer());
        }
    }

    @Benchmark
    public RootFs unpack() throws IOException {
        return new LayerDirectories(unpacked, new Ownership.Flat()).rootFs(List.of(layer));
    }

    @TearDown(Level.Invocation)
    public void removeUnpacked() throws IOException {
        Files1000.remove(unpacked);
    }

    @TearDown
    public void close() throws IOException {
        Files1000.remove(directory);
    }
}

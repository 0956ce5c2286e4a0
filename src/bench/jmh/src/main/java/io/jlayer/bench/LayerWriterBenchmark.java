// SPDX-License-Identifier: Apache-2.0
package io.jlayer.bench;

import io.jlayer.blob.Store;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One layer of a thousand files into a store, from tar to synced blob. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LayerWriterBenchmark {

    @Param({"gzip", "zstd", "none"})
    public String compression;

    private Path directory;
    private Workers workers;
    private LayerWriter writer;
    private LayerSpec spec;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory("jlayer-jmh-");
        workers = new Workers(Runtime.getRuntime().availableProcessors());
        writer = new LayerWriter(Store.open(directory).blobs(), Compression.named(compression), workers);
        spec = Files1000.layer();
    }

    @Benchmark
    public Layer write() throws IOException {
        return writer.write(spec);
    }

    @TearDown
    public void close() throws IOException {
        workers.close();
        Files1000.remove(directory);
    }
}

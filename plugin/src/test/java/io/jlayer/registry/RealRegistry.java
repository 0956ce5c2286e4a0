// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The reference registry as a process of its own, on this machine alone. */
public final class RealRegistry implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Process process;
    private final int port;
    private final Path log;

    private RealRegistry(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts one; {@code more} are lines of its configuration below {@code http:} (two spaces) or at the top. */
    public static RealRegistry start(Path directory, List<String> http, List<String> top)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "docker-registry is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> lines = new ArrayList<>(List.of(
                "version: 0.1",
                "storage:",
                "  delete:",
                "    enabled: true",
                "  filesystem:",
                "    rootdirectory: " + directory.resolve("data"),
                "http:",
                "  addr: 127.0.0.1:" + port));
        lines.addAll(http);
        lines.addAll(top);
        Path config = Files.write(directory.resolve("config.yml"), lines);
        Path log = directory.resolve("registry.log");
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RealRegistry registry = new RealRegistry(process, port, log);
        registry.awaitStart();
        return registry;
    }

    private void awaitStart() throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("docker-registry ended: " + Files.readString(log));
                }
            }
        }
        close();
        throw new IOException("docker-registry does not listen");
    }

    public String host() {
        return "localhost:" + port;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

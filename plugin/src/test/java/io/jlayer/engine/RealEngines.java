// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.TestLayers;
import io.jlayer.overlay.ThisUser;
import io.jlayer.overlay.TreeRemoval;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Podman and docker as they are installed here, each with images and containers of its own in a directory. */
final class RealEngines {

    private final Path directory;
    private final List<Process> daemons = new ArrayList<>();

    private final List<Path> programs = new ArrayList<>();

    private RealEngines(Path directory) {
        this.directory = directory;
    }

    /** Starts them; skips the test, saying why, where there is none. */
    static RealEngines start() throws Exception {
        assumeTrue(TestLayers.haveBusybox(), "needs /bin/busybox, linked statically");
        assumeTrue(
                System.getProperty("os.name").equals("Linux") && ThisUser.uid() == 0, "engines of our own need root");
        // Short, since a socket's name may not be long.
        RealEngines engines = new RealEngines(Files.createTempDirectory(Path.of("/tmp"), "je"));
        try {
            engines.startAll();
            assumeTrue(!engines.programs.isEmpty(), "needs podman and runc, or docker and dockerd");
            return engines;
        } catch (Exception | Error e) {
            engines.stop();
            throw e;
        }
    }

    /** Programs that answer and run containers; each is a script that goes on to the real one. */
    List<Path> programs() {
        return programs;
    }

    private void startAll() throws Exception {
        if (isInstalled("podman") && isInstalled("runc")) {
            programs.add(podman());
        }
        if (isInstalled("docker") && isInstalled("dockerd")) {
            Path docker = docker();
            if (docker != null) {
                programs.add(docker);
            }
        }
    }

    static boolean isInstalled(String program) {
        for (String place : System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1)) {
            if (Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }

    /** With runc, as crun does not run on machines that have both kinds of control groups. */
    private Path podman() throws IOException {
        Path own = Files.createDirectories(directory.resolve("podman.d"));
        Path conf = Files.writeString(
                own.resolve("containers.conf"),
                """
                [containers]
                default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                """);
        return script(
                "podman",
                "CONTAINERS_CONF=" + conf + " exec podman --root " + own.resolve("root") + " --runroot "
                        + own.resolve("run") + " --storage-driver overlay \"$@\"");
    }

    /** With a daemon of its own; null if that cannot be started here. */
    private Path docker() throws Exception {
        Path own = Files.createDirectories(directory.resolve("docker.d"));
        String socket = "unix://" + own.resolve("socket");
        Process daemon = new ProcessBuilder(List.of(
                        "dockerd",
                        "--data-root=" + own.resolve("data"),
                        "--exec-root=" + own.resolve("run"),
                        "--pidfile=" + own.resolve("pid"),
                        "--host=" + socket,
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false"))
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("log").toFile())
                .start();
        daemons.add(daemon);
        Path program = script("docker", "exec docker --host " + socket + " \"$@\"");
        for (int i = 0; i < 300 && daemon.isAlive(); i++) {
            if (new ProcessBuilder(program.toString(), "version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0) {
                return program;
            }
            Thread.sleep(100);
        }
        return null;
    }

    private Path script(String name, String command) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + command + "\n");
        script.toFile().setExecutable(true);
        return script;
    }

    void stop() throws Exception {
        for (Process daemon : daemons) {
            daemon.destroy();
            daemon.waitFor(30, TimeUnit.SECONDS);
        }
        HostCommand.run(List.of(
                "/bin/sh",
                "-c",
                "for m in $(grep -o ' '\"$0\"'[^ ]*' /proc/mounts); do umount -l $m; done",
                directory.toString()));
        TreeRemoval.remove(directory, new Ownership.Real());
    }
}

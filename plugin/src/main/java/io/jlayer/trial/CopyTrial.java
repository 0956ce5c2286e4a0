// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.FileNames;
import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.overlay.Change;
import io.jlayer.overlay.Changes;
import io.jlayer.overlay.CopiedRootFs;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.RootFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a trial that differs where root may change its root directory and nothing else: the layers are copied, and the
 * program is found, to be ended, by the root directory that its processes have.
 */
final class CopyTrial {

    static final String WARNING =
            "nothing can be mounted here and there are no namespaces, so the layers were copied, and the"
                    + " program shares processes, network and devices with this machine, and has no /proc: give this container"
                    + " --security-opt seccomp=unconfined, or --privileged, for a real trial";

    /** Ends all processes whose root is the directory, or one below it, until there are none. */
    private static final String END = "n=0; while [ $n -lt 200 ]; do n=$((n+1)); found=; for p in /proc/[0-9]*; do"
            + " case \"$(readlink \"$p/root\")\" in \"$0\"|\"$0\"/*|\"$0 (deleted)\") found=1;"
            + " kill -s KILL \"${p#/proc/}\" ;; esac; done;"
            + " [ \"$found\" ] || exit 0; sleep .05; done 2>/dev/null; exit 1";

    private final CopiedRootFs rootFs;
    private final TrialSpec spec;

    CopyTrial(CopiedRootFs rootFs, TrialSpec spec) {
        this.rootFs = rootFs;
        this.spec = spec;
    }

    /** What such a trial cannot give a program. */
    static void check(TrialSpec spec) throws IOException {
        List<String> missing = new ArrayList<>();
        if (!spec.volumes().isEmpty()) {
            missing.add("volumes");
        }
        if (spec.readOnly()) {
            missing.add("a read-only root");
        }
        if (spec.seccomp()) {
            missing.add("a filter of system calls");
        }
        if (spec.network() != Network.HOST) {
            missing.add("a network but this machine's");
        }
        if (!missing.isEmpty()) {
            throw new IOException("without mounts and namespaces there are no " + String.join(", no ", missing));
        }
    }

    /** The command that ends what still runs in a directory. */
    static List<String> end(Path root) throws IOException {
        return List.of(HostPrograms.require("sh"), "-c", END, root.toRealPath().toString());
    }

    TrialProcess start(Access access, ContainerProcess process, Cgroup cgroup, Streams streams, Image image)
            throws IOException {
        Path root = rootFs.root();
        checkDirectory(root, process);
        String devices = "cd \"$0/dev\" && " + Device.commands() + "; chmod 1777 shm";
        HostCommand.run(List.of(HostPrograms.require("sh"), "-c", devices, root.toString()));
        List<String> command = new ArrayList<>(cgroup.prefix());
        command.addAll(new Ownership.Real().command(cgroup.joined(new ProgramCommand(access, process).words())));
        Process started = TrialProcess.start(command, root, streams);
        return TrialProcess.of(started, new Reach(started.pid()), StopSignal.of(image), spec.stopTime());
    }

    /** nsenter enters the directory before the root becomes the program's, so no link may lead out of it. */
    private static void checkDirectory(Path root, ContainerProcess process) throws IOException {
        Path directory = FileNames.resolve(root, process.directory().value());
        if (!Files.isDirectory(directory)) {
            throw new TrialException(
                    "the working directory " + process.directory() + " is not there any more",
                    "resume",
                    "the kept trial removed it, or put something else there: begin a new trial, without -Djlayer.try.resume");
        }
        if (!directory.toRealPath().startsWith(root.toRealPath())) {
            throw new TrialException(
                    "the working directory " + process.directory() + " leads out of the image",
                    "",
                    "set <container><workingDirectory>, or mend the image");
        }
    }

    /** The program is no process namespace's first, so what it leaves behind goes on. */
    private final class Reach implements TrialProcess.Reach {
        private final long pid;

        Reach(long pid) {
            this.pid = pid;
        }

        @Override
        public boolean send(String signal) {
            return TrialProcess.signal(pid, signal);
        }

        @Override
        public void endRest() throws IOException {
            HostCommand.run(end(rootFs.root()));
        }
    }

    Changes changes() throws IOException {
        List<Change> own = new ArrayList<>();
        for (Change change : rootFs.changes().all()) {
            if (!isDevice(change.path())) {
                own.add(change);
            }
        }
        return new Changes(own);
    }

    private static boolean isDevice(LayerPath path) {
        return path.value().equals("dev") || path.value().startsWith("dev/");
    }

    Optional<Layer> layer(Changes changes, Trials trials) throws IOException {
        return spec.commit() ? Optional.of(rootFs.layer(changes, trials.blobs())) : Optional.empty();
    }

    /** The image's own loader finds the libraries of a JVM by /proc; where there is none, it has to be told. */
    static ContainerProcess withoutProc(ContainerProcess process, RootFs layers) throws IOException {
        Optional<LayerPath> java = new CommandCheck(process, layers).place();
        if (java.isEmpty() || !java.get().name().equals("java")) {
            return process;
        }
        LayerPath library = java.get().parent().parent().resolve("lib");
        return Files.isDirectory(layers.resolve(library).orElse(Path.of("/dev/null")))
                ? process.with("LD_LIBRARY_PATH", library.toString())
                : process;
    }
}

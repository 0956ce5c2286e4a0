// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.Changes;
import io.jlayer.overlay.CopiedRootFs;
import io.jlayer.overlay.LayerDirectories;
import io.jlayer.overlay.RootFs;
import io.jlayer.overlay.TopLayer;
import io.jlayer.overlay.WritableRootFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One trial, from choosing a way to run it to removing what is left. For one thread, which must be the one that waits. */
final class Trial {

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    static final int KILLED = 137;

    private final Trials trials;
    private final Image image;
    private final TrialSpec spec;
    private final Streams streams;
    private final List<String> warnings = new ArrayList<>();

    Trial(Trials trials, Image image, TrialSpec spec, Streams streams) {
        this.trials = trials;
        this.image = image;
        this.spec = spec;
        this.streams = streams;
    }

    TrialResult run(Access access) throws IOException {
        CommandCheck.checkPlatform(image);
        if (spec.seccomp()) {
            RuntimeBundle.check();
        }
        warnings.addAll(access.warnings());
        LayerDirectories unpacked = new LayerDirectories(trials.layers(), access.ownership());
        RootFs layers = unpacked.rootFs(image.lowestFirst());
        ContainerProcess process = ContainerProcess.of(image, spec, layers);
        if (spec.volumes().isEmpty() && spec.resume().isEmpty()) {
            check(process, layers);
        }
        return run(access, unpacked, layers, process);
    }

    private void check(ContainerProcess process, RootFs layers) throws IOException {
        try {
            new CommandCheck(process, layers).check();
        } catch (TrialException e) {
            throw e.setting().equals("command") && isImagesProgram() ? e.ofImage("<container><entrypoint>") : e;
        }
    }

    private boolean isImagesProgram() {
        boolean hasEntrypoint = !image.config().execution().texts("Entrypoint").isEmpty();
        return !spec.shell()
                && spec.command().isEmpty()
                && (hasEntrypoint || spec.arguments().isEmpty());
    }

    private TrialResult run(Access access, LayerDirectories unpacked, RootFs layers, ContainerProcess process)
            throws IOException {
        try (TrialEnd end = new TrialEnd();
                TrialDirectory directory = trials.begin(spec, access.ownership(), access.form(), warnings::add)) {
            try {
                writeRecord(directory, access, process);
                return run(access, layers.append(Mounts.devices(unpacked)), process, directory, end);
            } finally {
                if (spec.isKept()) {
                    directory.clear(access.ownership());
                } else {
                    directory.remove(access.ownership(), Patience.of(AbandonedTrials.LIMIT));
                }
            }
        }
    }

    private void writeRecord(TrialDirectory directory, Access access, ContainerProcess process) throws IOException {
        JsonObject before = TrialDirectory.record(directory.path());
        List<String> diffIds =
                image.config().diffIds().stream().map(Object::toString).toList();
        if (before.has("diffIds") && !before.texts("diffIds").equals(diffIds)) {
            throw new TrialException(
                    "resume trial '" + directory.name() + "': it lies on other layers than the image has now",
                    "resume",
                    "give it the image that it was started with: -Djlayer.try.image=...");
        }
        directory.writeRecord(JsonObject.EMPTY
                .with("created", before.number("created").orElse(System.currentTimeMillis()))
                .with("pid", ProcessHandle.current().pid())
                .with("kept", spec.isKept())
                .with("ownership", access.form())
                .with("command", process.command())
                .with("digests", digests(image))
                .with("diffIds", diffIds));
    }

    private TrialResult run(
            Access access, RootFs layers, ContainerProcess process, TrialDirectory directory, TrialEnd end)
            throws IOException {
        String hostName = directory.name();
        Mounts mounts = new Mounts(access);
        TopLayer top = new TopLayer(layers, directory.path().resolve("rt"));
        HostFiles.write(top, hostName, spec.network());
        mounts.place(top, layers, volumes(), scratch());
        placeImageVolumes(top, layers);
        placeWorkingDirectory(top, layers, process.directory());
        boolean terminal = spec.seccomp() && streams.terminal();
        if (terminal) {
            top.file(RuntimeBundle.CONSOLE, "");
        }
        if (access.engine() == Engine.COPY) {
            return copied(access, layers.append(top.finish()), process, directory, end);
        }
        WritableRootFs rootFs = WritableRootFs.in(directory.path(), layers.append(top.finish()));
        try (Cgroup cgroup = Cgroup.of(spec.limits(), hostName, CGROUPS, warnings)) {
            Scripts scripts = new Scripts(access, spec, process, hostName, cgroup);
            prepare(
                    directory,
                    scripts,
                    spec.seccomp() ? mounts.tableForRuntime(rootFs.mountPoint()) : mounts.table(rootFs.mountPoint()),
                    rootFs,
                    cgroup);
            if (spec.seccomp()) {
                writeBundle(directory, access, new RuntimeBundle(process, rootFs.mountPoint(), terminal));
            } else {
                directory.write(
                        Scripts.PROCESS,
                        mounts.processOfThisMachine(rootFs.mountPoint()).toString());
            }
            TrialProcess running;
            TrialWatch watch;
            int ended;
            // From its first moment on Ctrl-C is the program's, which gets it from the terminal itself.
            TerminalInterrupt interrupt = TerminalInterrupt.on(streams, () -> {});
            try {
                running = start(access, rootFs, cgroup);
                end.stops(running);
                watch = new TrialWatch(running, spec, streams, warnings);
                ended = watch.waitFor();
            } finally {
                interrupt.close();
            }
            TrialState state = directory.state();
            checkStarted(directory.has("started"), state, running, cgroup);
            int exitCode = state.code().orElse(ended);
            return result(exitCode, ending(exitCode, running, cgroup), watch.refusal(), rootFs);
        }
    }

    /** As engines do, so that a program finds the places that its image has for data. */
    private void placeImageVolumes(TopLayer top, RootFs layers) throws IOException {
        for (LayerPath path : imageVolumes()) {
            if (layers.resolve(path).isEmpty() && liesInDirectories(layers, path)) {
                top.directory(path);
            }
        }
    }

    private static boolean liesInDirectories(RootFs layers, LayerPath path) throws IOException {
        for (LayerPath above = path.parent(); !above.isRoot(); above = above.parent()) {
            Optional<Path> there = layers.resolve(above);
            if (there.isPresent()) {
                return Files.isDirectory(there.get());
            }
        }
        return true;
    }

    private static void placeWorkingDirectory(TopLayer top, RootFs layers, LayerPath path) throws IOException {
        Optional<Path> there = layers.resolve(path);
        if (there.isPresent() && !Files.isDirectory(there.get())) {
            throw new TrialException(
                    "the image's working directory " + path + " is no directory in it",
                    "",
                    "set <container><workingDirectory> to one");
        }
        if (!path.isRoot()) {
            top.directory(path);
        }
    }

    private TrialResult copied(
            Access access, RootFs layers, ContainerProcess process, TrialDirectory directory, TrialEnd end)
            throws IOException {
        Path root = Files.createDirectories(directory.path().resolve("rw")).resolve("u");
        CopyTrial trial = new CopyTrial(CopiedRootFs.in(root, layers), spec);
        directory.writeOnRemoval(CopyTrial.end(root));
        ContainerProcess located = process.in(layers.locate(process.directory()));
        try (Cgroup cgroup = Cgroup.of(spec.limits(), directory.name(), CGROUPS, warnings)) {
            writeGroups(directory, cgroup);
            return DeathWatch.during(CopyTrial.end(root), () -> {
                TrialProcess running =
                        trial.start(access, CopyTrial.withoutProc(located, layers), cgroup, streams, image);
                end.stops(running);
                TrialWatch watch = new TrialWatch(running, spec, streams, warnings);
                int exitCode = watch.waitFor();
                Changes changes = trial.changes();
                warnOfUnsayable(spec, changes, warnings);
                return new TrialResult(
                        exitCode,
                        ending(exitCode, running, cgroup),
                        watch.refusal(),
                        changes,
                        trial.layer(changes, trials),
                        List.copyOf(warnings));
            });
        }
    }

    private TrialResult.Ending ending(int exitCode, TrialProcess running, Cgroup cgroup) {
        boolean itself = running.ending() == TrialResult.Ending.EXITED;
        return itself && exitCode == KILLED && spec.limits().memory().isPresent() && cgroup.outOfMemory()
                ? TrialResult.Ending.OUT_OF_MEMORY
                : running.ending();
    }

    private static void writeGroups(TrialDirectory directory, Cgroup cgroup) throws IOException {
        StringBuilder groups = new StringBuilder();
        for (Path group : cgroup.groups()) {
            groups.append(group).append('\n');
        }
        if (groups.length() > 0) {
            directory.write("cgroups", groups.toString());
        }
    }

    private static void writeBundle(TrialDirectory directory, Access access, RuntimeBundle bundle) throws IOException {
        if (!new ProgramCommand(access, bundle.process()).moves()) {
            throw new TrialException(
                    "with seccomp, a user without subordinate ids can run programs as root only, not as "
                            + bundle.process().user().uid(),
                    "user",
                    "give -Djlayer.try.user=root, or leave seccomp out");
        }
        directory.write(RuntimeBundle.CONFIG, bundle.config().toString());
    }

    private void prepare(
            TrialDirectory directory, Scripts scripts, MountTable rest, WritableRootFs rootFs, Cgroup cgroup)
            throws IOException {
        directory.write(
                Scripts.WHOLE,
                rest.withRoot("overlay", scripts.options(rootFs, spec.isKept())).toString());
        directory.write(Scripts.REST, rest.toString());
        directory.write("trial.sh", scripts.text(rootFs));
        writeGroups(directory, cgroup);
    }

    private TrialProcess start(Access access, WritableRootFs rootFs, Cgroup cgroup) throws IOException {
        return TrialProcess.start(
                access.ownership(),
                cgroup.prefix(),
                rootFs.workingDirectory(),
                streams,
                StopSignal.of(image),
                spec.stopTime());
    }

    private TrialResult result(int exitCode, TrialResult.Ending ending, String refusal, WritableRootFs rootFs)
            throws IOException {
        Changes changes = rootFs.changes();
        Optional<Layer> layer = spec.commit() ? Optional.of(rootFs.layer(trials.blobs())) : Optional.empty();
        warnOfUnsayable(spec, changes, warnings);
        return new TrialResult(exitCode, ending, refusal, changes, layer, List.copyOf(warnings));
    }

    /** To be called when the list of what was written is there. */
    static void warnOfUnsayable(TrialSpec spec, Changes changes, List<String> warnings) {
        List<LayerPath> paths = changes.unsayable();
        if (spec.commit() && !paths.isEmpty()) {
            warnings.add("a name that begins with '.wh.' means in a layer that another file is deleted, so "
                    + paths.get(0) + (paths.size() > 1 ? " and " + (paths.size() - 1) + " more" : "")
                    + (paths.size() > 1 ? " were" : " was") + " left out of the commit");
        }
    }

    private void checkStarted(boolean started, TrialState state, TrialProcess running, Cgroup cgroup)
            throws IOException {
        if (!started && running.ending() == TrialResult.Ending.EXITED) {
            if (spec.limits().memory().isPresent() && cgroup.outOfMemory()) {
                throw new TrialException(
                        "the memory that the trial was given is too little to start any program",
                        "memory",
                        "give it more, as -Djlayer.try.memory=64m");
            }
            trials.remembered().forget();
            throw new TrialException(
                    "run a trial: " + Reasons.explain(state.complaints()),
                    "engine",
                    "if that says nothing of it, try another way to run it, as -Djlayer.try.engine=docker or copy");
        }
        if (state.mounted().contains("process")) {
            warnings.add("/proc is that of the container which this runs in, since it hides parts of it: programs see"
                    + " the processes there and not themselves under their own numbers");
        }
        if (state.mounted().contains("fuse")) {
            warnings.add("the kernel's own overlay cannot be used here, so files went through fuse-overlayfs: slower");
        } else if (state.mounted().contains("memory")) {
            warnings.add("the store's file system cannot hold what a trial writes, so that was kept in memory;"
                    + " what it deleted is not in the list of changes, nor in what is kept or committed");
        }
    }

    /** Of the layers as they are packed, as a build shows them. */
    static List<String> digests(Image image) {
        return image.lowestFirst().stream()
                .map(layer -> layer.descriptor().digest().toString())
                .toList();
    }

    private SortedMap<LayerPath, Volume> volumes() {
        SortedMap<LayerPath, Volume> volumes = new TreeMap<>();
        spec.volumes().forEach(volume -> volumes.put(volume.target(), volume));
        return volumes;
    }

    /** What must be writable when nothing else is. */
    private List<LayerPath> scratch() {
        if (!spec.readOnly()) {
            return List.of();
        }
        List<LayerPath> paths = new ArrayList<>(List.of(LayerPath.of("tmp"), LayerPath.of("run")));
        paths.addAll(imageVolumes());
        spec.volumes().forEach(volume -> paths.remove(volume.target()));
        return paths;
    }

    /** But for those on which or above which the user has volumes. */
    private List<LayerPath> imageVolumes() {
        List<LayerPath> paths = new ArrayList<>();
        for (String volume : image.config()
                .execution()
                .object("Volumes")
                .map(JsonObject::members)
                .orElse(Map.of())
                .keySet()) {
            // All of the root as a volume would leave nothing of the image to be seen.
            LayerPath path = ContainerProcess.normal(volume);
            if (!path.isRoot() && !liesInUsersVolume(path)) {
                paths.add(path);
            }
        }
        return paths;
    }

    private boolean liesInUsersVolume(LayerPath path) {
        for (LayerPath above = path; !above.isRoot(); above = above.parent()) {
            for (Volume volume : spec.volumes()) {
                if (volume.target().equals(above)) {
                    return true;
                }
            }
        }
        return false;
    }
}

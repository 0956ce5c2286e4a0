// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.layer.LayerPath;
import io.jlayer.overlay.LayerDirectories;
import io.jlayer.overlay.LayerDirectory;
import io.jlayer.overlay.RootFs;
import io.jlayer.overlay.TopLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a trial sees besides its layers: devices, /proc, /sys, volumes, and where all that goes in the top layer. */
final class Mounts {

    private static final List<String> MASKED = List.of("kcore", "keys", "timer_list", "latency_stats", "sched_debug");
    private static final List<String> MASKED_DIRECTORIES = List.of("proc/acpi", "proc/scsi", "sys/firmware");
    private static final List<String> READ_ONLY = List.of("bus", "fs", "irq", "sys", "sysrq-trigger");
    private static final String PLAIN = "nosuid,nodev,noexec";

    private final Access access;
    private final SortedMap<LayerPath, Volume> volumes = new TreeMap<>();
    private final List<LayerPath> scratch = new ArrayList<>();

    Mounts(Access access) {
        this.access = access;
    }

    /** The layer that has the places of what is mounted in every trial; one for all trials. */
    static LayerDirectory devices(LayerDirectories layers) throws IOException {
        return layers.shared("devices-1", layer -> {
            for (String directory : List.of("proc", "sys", "dev")) {
                layer.emptyDirectory(LayerPath.of(directory));
            }
            for (Device device : Device.ALL) {
                layer.file(LayerPath.of("dev/" + device.name()), "");
            }
            for (String directory : List.of("dev/pts", "dev/shm", "dev/mqueue")) {
                layer.emptyDirectory(LayerPath.of(directory));
            }
            layer.symlink(LayerPath.of("dev/ptmx"), "pts/ptmx");
            layer.symlink(LayerPath.of("dev/fd"), "/proc/self/fd");
            layer.symlink(LayerPath.of("dev/stdin"), "/proc/self/fd/0");
            layer.symlink(LayerPath.of("dev/stdout"), "/proc/self/fd/1");
            layer.symlink(LayerPath.of("dev/stderr"), "/proc/self/fd/2");
        });
    }

    /** Makes the places for this trial's own mounts. */
    void place(TopLayer top, RootFs rootFs, SortedMap<LayerPath, Volume> all, List<LayerPath> writable)
            throws IOException {
        for (Map.Entry<LayerPath, Volume> volume : all.entrySet()) {
            volumes.put(place(top, rootFs, volume.getKey(), volume.getValue().source()), volume.getValue());
        }
        for (LayerPath path : writable) {
            scratch.add(top.directory(path));
        }
    }

    private static LayerPath place(TopLayer top, RootFs rootFs, LayerPath target, Path source) throws IOException {
        if (!Files.exists(source)) {
            throw new TrialException(
                    "the volume's source " + source + " does not exist",
                    "volumes",
                    "make it first, or correct the path; relative ones start where the project is");
        }
        if (Files.isDirectory(source)) {
            return top.directory(target);
        }
        LayerPath at = rootFs.locate(target);
        return top.file(at, "");
    }

    /** All that is mounted on the root file system, by a process that has the trial's own namespaces. */
    MountTable table(Path root) throws IOException {
        MountTable table = tableWithoutProcess(root);
        process(table, root);
        return table;
    }

    /** The same, if /proc and what is hidden there is a runtime's business. */
    MountTable tableForRuntime(Path root) throws IOException {
        return tableWithoutProcess(root).mount("mqueue", "dev/mqueue", PLAIN);
    }

    /** What programs must not see, as absolute paths within. */
    static List<String> maskedPaths() {
        return Stream.concat(
                        MASKED.stream().map(name -> "/proc/" + name),
                        MASKED_DIRECTORIES.stream().map(name -> "/" + name))
                .toList();
    }

    /** What programs must not change, as absolute paths within. */
    static List<String> readOnlyPaths() {
        return READ_ONLY.stream().map(name -> "/proc/" + name).toList();
    }

    private MountTable tableWithoutProcess(Path root) throws IOException {
        MountTable table = new MountTable(root);
        for (Device device : Device.ALL) {
            Path here = Path.of("/dev", device.name());
            if (Files.exists(here)) {
                table.bind(here, "dev/" + device.name(), "bind");
            }
        }
        table.mount("devpts", "dev/pts", "newinstance,nosuid,noexec,ptmxmode=0666,mode=0620");
        table.mount("tmpfs", "dev/shm", PLAIN + ",mode=1777,size=64m");
        if (access.ownership().real()) {
            table.mount("sysfs", "sys", "ro," + PLAIN);
        } else {
            table.bind(Path.of("/sys"), "sys", "rbind,ro," + PLAIN);
        }
        for (LayerPath path : scratch) {
            table.mount("tmpfs", path.value(), "nosuid,nodev,mode=1777");
        }
        for (Map.Entry<LayerPath, Volume> volume : volumes.entrySet()) {
            Path source = volume.getValue().source();
            table.bind(
                    source,
                    volume.getKey().value(),
                    options(source, volume.getValue().readOnly()));
        }
        return table;
    }

    /** Who is root for this machine too could make nodes of its disks in a volume; those of /dev are given by the user. */
    private String options(Path source, boolean readOnly) throws IOException {
        boolean devices = !access.ownership().real() || source.toRealPath().startsWith("/dev");
        String options = "bind" + (readOnly ? ",ro" : "") + (devices ? "" : ",nodev");
        return options.equals("bind") ? options : options + MountFlags.of(source);
    }

    /**
     * What is mounted where /proc cannot be, since this process is in a container that hides parts of it: that container's
     * own, with what hides them.
     */
    MountTable processOfThisMachine(Path root) {
        return new MountTable(root).bind(Path.of("/proc"), "proc", "rbind").mount("mqueue", "dev/mqueue", PLAIN);
    }

    private static void process(MountTable table, Path root) {
        table.mount("proc", "proc", PLAIN);
        table.mount("mqueue", "dev/mqueue", PLAIN);
        for (String name : MASKED) {
            if (Files.exists(Path.of("/proc", name))) {
                table.bind(Path.of("/dev/null"), "proc/" + name, "bind");
            }
        }
        for (String name : MASKED_DIRECTORIES) {
            if (Files.isDirectory(Path.of("/", name))) {
                table.mount("tmpfs", name, "ro," + PLAIN + ",size=0");
            }
        }
        for (String name : READ_ONLY) {
            if (Files.exists(Path.of("/proc", name))) {
                table.bind(root.resolve("proc").resolve(name), "proc/" + name, "bind,ro," + PLAIN);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What holds a trial to its {@link Limits}: control groups of its own, where this process may make some, or else a scope
 * that systemd makes.
 *
 * @see <a href="https://www.kernel.org/doc/html/v6.12/admin-guide/cgroup-v2.html">kernel, control group v2</a>
 */
final class Cgroup implements AutoCloseable {

    private static final int PERIOD_MICROS = 100_000;

    private final List<Path> groups;
    private final List<String> prefix;

    private Cgroup(List<Path> groups, List<String> prefix) {
        this.groups = groups;
        this.prefix = prefix;
    }

    /** Limits for a trial of this name; says why in {@code warnings} if there can be none. */
    static Cgroup of(Limits limits, String name, Path root, List<String> warnings) {
        if (limits.isEmpty()) {
            return new Cgroup(List.of(), List.of());
        }
        List<Path> groups = new ArrayList<>();
        try {
            boolean unified = Files.exists(root.resolve("cgroup.controllers"));
            if (limits.memory().isPresent()) {
                String bytes = Long.toString(limits.memory().getAsLong());
                Path group = group(root, unified ? "" : "memory", name, groups);
                write(group, unified ? "memory.max" : "memory.limit_in_bytes", bytes);
            }
            if (limits.cpus().isPresent()) {
                long quota = Math.max(1000, Math.round(limits.cpus().getAsDouble() * PERIOD_MICROS));
                Path group = group(root, unified ? "" : "cpu", name, groups);
                write(
                        group,
                        unified ? "cpu.max" : "cpu.cfs_quota_us",
                        unified ? quota + " " + PERIOD_MICROS : Long.toString(quota));
            }
            return new Cgroup(groups, List.of());
        } catch (IOException e) {
            new Cgroup(groups, List.of()).close();
            Optional<Cgroup> scope = scope(limits);
            if (scope.isEmpty()) {
                warnings.add("memory and cpus are not limited: this user may not make control groups here ("
                        + e.getMessage() + "), and systemd-run, which could, is not there");
            }
            return scope.orElseGet(() -> new Cgroup(List.of(), List.of()));
        }
    }

    private static Path group(Path root, String controller, String name, List<Path> groups) throws IOException {
        Path hierarchy = root.resolve(controller);
        if (!Files.isDirectory(hierarchy)) {
            throw new IOException(hierarchy + " is not there");
        }
        Path parent = hierarchy;
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (controller.isEmpty()
                    ? parts[0].equals("0")
                    : List.of(parts[1].split(",", -1)).contains(controller)) {
                parent = hierarchy.resolve(parts[2].substring(1));
            }
        }
        Path group = parent.resolve("jlayer-" + name);
        if (!groups.contains(group)) {
            Files.createDirectory(group);
            groups.add(group);
        }
        return group;
    }

    private static void write(Path group, String file, String value) throws IOException {
        if (!Files.exists(group.resolve(file))) {
            throw new IOException(group + " has no " + file);
        }
        Files.writeString(group.resolve(file), value);
    }

    private static Optional<Cgroup> scope(Limits limits) {
        Optional<Path> program = HostPrograms.find("systemd-run");
        if (program.isEmpty() || !Files.isDirectory(Path.of("/run/systemd/system"))) {
            return Optional.empty();
        }
        List<String> prefix = new ArrayList<>(List.of(program.get().toString(), "--user", "--scope", "--quiet"));
        limits.memory().ifPresent(bytes -> prefix.addAll(List.of("-p", "MemoryMax=" + bytes)));
        limits.cpus().ifPresent(cpus -> prefix.addAll(List.of("-p", "CPUQuota=" + Math.round(cpus * 100) + "%")));
        return Optional.of(new Cgroup(List.of(), prefix));
    }

    /** What stands before the command that starts the trial. */
    List<String> prefix() {
        return prefix;
    }

    /** Shell lines by which a process joins; "0" is itself, whatever its number is in its own namespace. */
    List<String> lines() {
        return groups.stream()
                .map(group -> "echo 0 >"
                        + ShellText.quote(group.resolve("cgroup.procs").toString()))
                .toList();
    }

    /** A command in a process that has joined. */
    List<String> joined(List<String> command) throws IOException {
        if (groups.isEmpty()) {
            return command;
        }
        List<String> shell = new ArrayList<>(List.of(HostPrograms.require("sh"), "-c"));
        shell.add("set -e; " + String.join("; ", lines()) + "; exec \"$@\"");
        shell.add("sh");
        shell.addAll(command);
        return shell;
    }

    /** How often the kernel ended a process for want of memory. */
    boolean outOfMemory() {
        for (Path group : groups) {
            for (String file : List.of("memory.events", "memory.oom_control")) {
                try {
                    if (Files.exists(group.resolve(file))
                            && Files.readAllLines(group.resolve(file)).stream()
                                    .anyMatch(line -> line.startsWith("oom_kill ") && !line.endsWith(" 0"))) {
                        return true;
                    }
                } catch (IOException e) {
                    return false; // only a hint
                }
            }
        }
        return false;
    }

    List<Path> groups() {
        return groups;
    }

    @Override
    public void close() {
        groups.forEach(Cgroup::remove);
    }

    /** Removes a group that nothing is in. */
    static void remove(Path group) {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            return; // its last process is just ending; an empty group harms nobody
        }
    }
}

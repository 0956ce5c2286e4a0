// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.WritableRootFs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shell script that a trial's chain of processes runs, twice: in an outer namespace, where it sees to the root file
 * system, and then, with the name of a table of mounts, as what the first process of the trial's own namespaces comes of.
 * It uses this machine's programs only. What it has to say goes to the file {@code state}.
 *
 * @see TrialState
 */
final class Scripts {

    /** The tables: with the overlay, without, and without /proc and what is in place already. */
    static final String WHOLE = "whole";

    static final String REST = "rest";
    static final String PROCESS = "process";

    private final Access access;
    private final TrialSpec spec;
    private final ContainerProcess process;
    private final String hostName;
    private final Cgroup cgroup;

    Scripts(Access access, TrialSpec spec, ContainerProcess process, String hostName, Cgroup cgroup) {
        this.cgroup = cgroup;
        this.access = access;
        this.spec = spec;
        this.process = process;
        this.hostName = hostName;
    }

    /** The script; {@link WritableRootFs#workingDirectory} is where it runs. */
    String text(WritableRootFs rootFs) throws IOException {
        List<String> lines = new ArrayList<>(List.of("umask 022", "if [ $# = 0 ]; then"));
        lines.addAll(outer(rootFs));
        lines.add("fi");
        // Ctrl-C is for the program; its exit code is told all the same. The first child is process 1. A program that
        // unshare itself forks would lose the signal that ended it.
        lines.addAll(List.of("trap : INT", "("));
        lines.addAll(inner());
        lines.addAll(List.of(")", "code=$?", "echo \"code $code\" >>../state", "exit $code"));
        return String.join("\n", lines) + "\n";
    }

    private List<String> outer(WritableRootFs rootFs) throws IOException {
        List<String> lines = new ArrayList<>(List.of("set -eu", "trap : INT", "exec 3>&2 2>>../state"));
        lines.addAll(cgroup.lines());
        List<String> unshare = new ArrayList<>(List.of(HostPrograms.require("unshare"), "--ipc", "--uts", "--cgroup"));
        if (spec.seccomp()) {
            unshare.add("--mount"); // the program's process namespace is the runtime's to make
        } else {
            unshare.add("--pid");
        }
        if (spec.network() == Network.NONE) {
            unshare.add("--net");
        }
        unshare.addAll(List.of(HostPrograms.require("sh"), "../trial.sh"));
        String run = ShellText.quote(unshare);
        if (spec.network() == Network.PRIVATE) {
            PrivateNetwork network = PrivateNetwork.find();
            lines.addAll(network.lines(spec.publish(), access.ownership().real()));
            run = network.enter(run);
        }
        lines.add("run() { code=0; " + run + " $1 || code=$?; [ ! -e ../started ] || finish; }");
        lines.add("finish() { [ ! -d ../t/u ] || cp -a ../t/u/. ../rw/u/ 2>/dev/null || :; exit $code; }");
        lines.add("run " + WHOLE);
        lines.add("if [ ! -e ../m/dev/null ]; then");
        lines.addAll(overlay(rootFs));
        lines.addAll(List.of("run " + REST, "fi"));
        if (!spec.seccomp()) {
            lines.add("if [ ! -e ../m/proc/self ]; then");
            lines.addAll(List.of("echo mounted process >>../state", "run " + PROCESS, "fi"));
        }
        lines.add("exit $code");
        return lines;
    }

    /** What is mounted first: it needs no repair if this machine stops, unless it is to be kept. */
    String options(WritableRootFs rootFs, boolean kept) {
        List<String> extra = new ArrayList<>(flags());
        if (!kept) {
            // Nothing is written to the disk for its own sake when the mount goes; else all that anybody wrote there
            // is.
            extra.add("volatile");
        }
        return rootFs.options("../rw", extra);
    }

    /** A program that is root may make the nodes of any device, as for a layer, but not reach this machine's disks by them. */
    private List<String> flags() {
        return spec.readOnly() ? List.of("nodev", "ro") : List.of("nodev");
    }

    /** An overlay without haste; else by FUSE; else with what is written in memory. */
    private List<String> overlay(WritableRootFs rootFs) {
        List<String> extra = flags();
        List<String> lines = new ArrayList<>();
        lines.add("overlay() { rm -rf $1/w; mkdir $1/w; mount -n -t overlay -o \"" + rootFs.options("$1", extra)
                + "\" jlayer ../m; }");
        lines.add("memory() { [ -z \"$(ls -A ../rw/u)\" ] && mkdir -p ../t && mount -n -t tmpfs tmpfs ../t"
                + " && cp -a ../rw/u ../t/u; }");
        lines.add("if overlay ../rw; then echo mounted overlay >>../state");
        Optional<String> fuse = HostPrograms.find("fuse-overlayfs").map(Object::toString);
        if (fuse.isPresent()) {
            lines.add("elif " + ShellText.quote(fuse.get()) + " -o \"" + rootFs.options("../rw", extra)
                    + "\" ../m; then echo mounted fuse >>../state; : >" + "../rw/" + WritableRootFs.FUSE);
        }
        lines.add("elif memory && overlay ../t; then echo mounted memory >>../state");
        lines.add("else exit 1; fi");
        return lines;
    }

    /** Ends in the program, with its environment and nothing of this machine's. */
    private List<String> inner() throws IOException {
        List<String> lines = new ArrayList<>(List.of("set -eu"));
        String name = ShellText.quote(hostName);
        // The file is root's alone, also for who is root only within.
        lines.add("{ echo " + name + " >/proc/sys/kernel/hostname; } 2>/dev/null || "
                + (HostPrograms.find("hostname").isPresent() ? "hostname " + name + " || :" : ":"));
        lines.add("mount -n -a -T \"$PWD/../$1\"");
        if (spec.network() == Network.NONE && HostPrograms.find("ip").isPresent()) {
            lines.add("ip link set lo up || :");
        }
        lines.add(": >../started");
        if (spec.seccomp()) {
            lines.addAll(RuntimeBundle.lines(hostName));
            return lines;
        }
        ProgramCommand program = new ProgramCommand(access, process);
        lines.add("cd ../m");
        if (program.moves()) {
            lines.add("mount -n --move . /");
        }
        lines.add("exec 2>&3 3>&-");
        lines.add("exec " + ShellText.quote(program.words()));
        return lines;
    }
}

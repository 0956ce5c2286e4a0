// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.WritableRootFs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The two shell scripts that a trial's chain of processes runs: the first mounts, the second runs as the first process of
 * the trial's own process namespace and becomes the program. Both use this machine's programs only.
 */
final class Scripts {

    /** What Docker leaves to root in a container. */
    private static final String CAPABILITIES =
            "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap"
                    + ",+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap";

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

    /** Mounts from {@link WritableRootFs#workingDirectory}, and goes on in namespaces of the trial's own. */
    String outer(WritableRootFs rootFs) throws IOException {
        List<String> lines = new ArrayList<>(List.of("set -eu", "umask 022", "trap : INT", "exec 3>&2 2>../setup.log"));
        lines.addAll(cgroup.lines());
        lines.addAll(overlay(rootFs));
        lines.add("mount -n -a -T \"$PWD/../early\"");
        List<String> unshare =
                new ArrayList<>(List.of(HostPrograms.require("unshare"), "--pid", "--ipc", "--uts", "--cgroup"));
        if (spec.network() == Network.NONE) {
            unshare.add("--net");
        }
        String shell = HostPrograms.require("sh");
        // Ctrl-C is for the program; its exit code is told all the same. The first child is process 1. A program that
        // unshare itself forks would lose the signal that ended it.
        List<String> inner =
                List.of(shell, "-c", "trap : INT; \"$0\" ../inner.sh; code=$?; echo $code >../code; exit $code", shell);
        String run = ShellText.quote(unshare) + " " + ShellText.quote(inner);
        if (spec.network() == Network.PRIVATE) {
            PrivateNetwork network = PrivateNetwork.find();
            lines.addAll(network.lines(spec.publish(), access.ownership().real()));
            run = network.enter(run);
        }
        lines.add("[ ! -d ../t/u ] || { code=0; " + run + " || code=$?;"
                + " cp -a ../t/u/. ../rw/u/ 2>/dev/null || :; exit $code; }");
        lines.add("exec " + run);
        return String.join("\n", lines) + "\n";
    }

    /** An overlay on the store's disk; else with what is written in memory; else by FUSE. */
    private List<String> overlay(WritableRootFs rootFs) {
        String extra = spec.readOnly() ? ",ro" : "";
        String lower = "lowerdir=" + rootFs.lowerNames();
        List<String> lines = new ArrayList<>();
        lines.add("overlay() { mount -n -t overlay -o \"" + lower + ",upperdir=$1/u,workdir=$1/w,userxattr" + extra
                + "\" jlayer ../m; }");
        lines.add("memory() { [ -z \"$(ls -A ../rw/u)\" ] && mkdir -p ../t && mount -n -t tmpfs tmpfs ../t"
                + " && cp -a ../rw/u ../t/u && mkdir ../t/w; }");
        lines.add("if overlay ../rw; then echo overlay >../mounted");
        Optional<String> fuse = HostPrograms.find("fuse-overlayfs").map(Object::toString);
        if (fuse.isPresent()) {
            lines.add("elif " + ShellText.quote(fuse.get()) + " -o \"" + lower + ",upperdir=../rw/u,workdir=../rw/w"
                    + extra + "\" ../m; then echo fuse >../mounted");
        }
        lines.add("elif memory && overlay ../t; then echo memory >../mounted");
        lines.add("else exit 1; fi");
        return lines;
    }

    /** Ends in the program, with its environment and nothing of this machine's. */
    String inner(boolean moves) throws IOException {
        List<String> lines = new ArrayList<>(List.of("set -eu", "mount -n -a -T \"$PWD/../late\""));
        if (HostPrograms.find("hostname").isPresent()) {
            lines.add("hostname " + ShellText.quote(hostName) + " || :");
        }
        if (spec.network() == Network.NONE && HostPrograms.find("ip").isPresent()) {
            lines.add("ip link set lo up || :");
        }
        lines.add(": >../started");
        lines.add("cd ../m");
        if (moves) {
            lines.add("mount -n --move . /");
        }
        lines.add("exec 2>&3 3>&-");
        lines.add("exec " + ShellText.quote(program(moves)));
        return String.join("\n", lines) + "\n";
    }

    /** Whether the program can run in the namespaces of the scripts themselves. */
    boolean moves() {
        return !access.oneOwner()
                || (process.user().uid() == 0 && process.user().gid() == 0);
    }

    private List<String> program(boolean moves) throws IOException {
        SortedMap<String, String> forProgramOnly = new TreeMap<>();
        List<String> command = new ArrayList<>(List.of(HostPrograms.require("env"), "-i"));
        for (Map.Entry<String, String> variable : process.environment().entrySet()) {
            if (isForLoaders(variable.getKey())) {
                forProgramOnly.put(variable.getKey(), variable.getValue());
            } else {
                command.add(variable.getKey() + "=" + variable.getValue());
            }
        }
        ContainerUser user = process.user();
        command.add(HostPrograms.require("setpriv"));
        if (!access.oneOwner()) {
            command.add("--regid=" + user.gid());
            command.add(user.groups().isEmpty() ? "--clear-groups" : "--groups=" + groups(user));
        }
        if (moves) {
            command.addAll(List.of("--bounding-set=" + CAPABILITIES, "--inh-caps=-all"));
        }
        command.addAll(List.of("--no-new-privs", HostPrograms.require("unshare")));
        if (!moves) {
            command.addAll(List.of("--user", "--map-user=" + user.uid(), "--map-group=" + user.gid()));
        }
        command.addAll(List.of("--root=.", "--wd=" + process.directory()));
        if (user.uid() != 0 && moves) {
            command.add("--setuid=" + user.uid());
        }
        if (!forProgramOnly.isEmpty()) {
            command.add("env");
            forProgramOnly.forEach((name, value) -> command.add(name + "=" + value));
        }
        command.addAll(process.command());
        return command;
    }

    private static String groups(ContainerUser user) {
        return String.join(",", user.groups().stream().map(Object::toString).toList());
    }

    /** Variables that would have this machine's programs load what the image says: only the image's own env sets them. */
    private static boolean isForLoaders(String name) {
        return name.startsWith("LD_")
                || name.equals("GLIBC_TUNABLES")
                || name.equals("GCONV_PATH")
                || name.equals("LOCPATH")
                || name.startsWith("MALLOC_");
    }
}

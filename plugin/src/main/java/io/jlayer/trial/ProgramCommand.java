// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostPrograms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The last command of a trial's chain of processes: this machine's programs, one after the other, become the image's. */
final class ProgramCommand {

    /** What Docker leaves to root in a container. */
    static final List<String> CAPABILITIES = List.of(
            "chown",
            "dac_override",
            "fowner",
            "fsetid",
            "kill",
            "setgid",
            "setuid",
            "setpcap",
            "net_bind_service",
            "net_raw",
            "sys_chroot",
            "mknod",
            "audit_write",
            "setfcap");

    private final Access access;
    private final ContainerProcess process;

    ProgramCommand(Access access, ContainerProcess process) {
        this.access = access;
        this.process = process;
    }

    /** Whether the program can run in the namespaces of the script itself, with the root moved to where it is. */
    boolean moves() {
        return !access.oneOwner()
                || (process.user().uid() == 0 && process.user().gid() == 0);
    }

    /** Program and arguments; the new root is where it is started. */
    List<String> words() throws IOException {
        SortedMap<String, String> forProgramOnly = new TreeMap<>();
        List<String> command = new ArrayList<>(List.of(HostPrograms.require("env"), "-i", "--"));
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
        if (moves()) {
            command.addAll(List.of("--bounding-set=-all,+" + String.join(",+", CAPABILITIES), "--inh-caps=-all"));
        }
        command.addAll(List.of("--no-new-privs", HostPrograms.require(copied() ? "nsenter" : "unshare")));
        if (!moves()) {
            command.addAll(List.of("--user", "--map-user=" + user.uid(), "--map-group=" + user.gid()));
        }
        command.addAll(List.of("--root=.", "--wd=" + (copied() ? "." : "") + process.directory()));
        if (user.uid() != 0 && moves()) {
            command.add("--setuid=" + user.uid());
        }
        if (!forProgramOnly.isEmpty()) {
            command.add("env");
            forProgramOnly.forEach((name, value) -> command.add(name + "=" + value));
        }
        command.addAll(process.command());
        return command;
    }

    /** Where there are no namespaces, unshare itself may be forbidden. */
    private boolean copied() {
        return access.engine() == Engine.COPY;
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

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who owns the files of unpacked layers on this machine, and how a process gets to see them as the image's own owners.
 *
 * <p>Layers that are unpacked under one ownership are of no use under another, so each has a directory of its own.
 */
public sealed interface Ownership {

    /** A name for directories; equal for equal ownerships. */
    String name();

    /** Whether this process itself may give files to any owner. */
    default boolean real() {
        return false;
    }

    /** Whether files can have this owner, as the image counts. All can be root's. */
    default boolean reaches(long uid, long gid) {
        return uid == 0 && gid == 0;
    }

    /** The owner that a file of this machine has within; root's where there are no others. */
    default long uidWithin(long uid) {
        return 0;
    }

    /** As {@link #uidWithin}, for groups. */
    default long gidWithin(long gid) {
        return 0;
    }

    /**
     * The command that starts {@code program} so that it sees the image's owners. It dies with the thread that starts it.
     * Whoever starts it must call {@link #started} at once.
     */
    List<String> command(List<String> program) throws IOException;

    /** Gives a process that was started by {@link #command} its ids, where that has to be done from outside. */
    default void started(Process process) throws IOException {}

    /** {@code setpriv} that ties a process to the life of the thread that started it. */
    private static List<String> tied(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(HostPrograms.require("setpriv"), "--pdeathsig", "KILL"));
        command.addAll(List.of(more));
        return command;
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Files have the owners that the image says; needs root. */
    record Real() implements Ownership {
        @Override
        public String name() {
            return "root";
        }

        @Override
        public boolean real() {
            return true;
        }

        @Override
        public boolean reaches(long uid, long gid) {
            return true;
        }

        @Override
        public List<String> command(List<String> program) throws IOException {
            return join(tied(), program);
        }

        @Override
        public long uidWithin(long uid) {
            return uid;
        }

        @Override
        public long gidWithin(long gid) {
            return gid;
        }
    }

    /** All files belong to the user, who is root within; needs user namespaces and nothing else. */
    record Flat() implements Ownership {
        @Override
        public String name() {
            return "flat";
        }

        @Override
        public List<String> command(List<String> program) throws IOException {
            return join(tied(HostPrograms.require("unshare"), "--user", "--map-root-user"), join(tied(), program));
        }
    }

    /** The user is root within, and the image's other owners are the user's subordinate ids. */
    record Mapped(SubordinateIds uids, SubordinateIds gids) implements Ownership {

        /** Waits until the ids are there, for 20 seconds at most, and only then goes on. As a rule they come at once. */
        private static final String WAIT = "n=0; for map in uid gid; do"
                + " while ! read -r line </proc/self/${map}_map; do"
                + " n=$((n+1)); [ $n -lt 4000 ] || exit 125; [ $n -lt 2000 ] || sleep .01; done; done; exec \"$@\"";

        @Override
        public String name() {
            return "map-" + uids.first() + "-" + uids.count() + "-" + gids.first() + "-" + gids.count();
        }

        @Override
        public List<String> command(List<String> program) throws IOException {
            String shell = HostPrograms.require("sh");
            // The change of ids takes the tie away, so it is tied again after it.
            List<String> root = List.of(
                    HostPrograms.require("setpriv"), "--reuid=0", "--regid=0", "--clear-groups", "--pdeathsig", "KILL");
            return join(tied(HostPrograms.require("unshare"), "--user", shell, "-c", WAIT, "sh"), join(root, program));
        }

        @Override
        public void started(Process process) throws IOException {
            try {
                IdMapping.write(process, uids, gids);
            } catch (IOException e) {
                process.destroyForcibly();
                throw e;
            }
        }

        @Override
        public boolean reaches(long uid, long gid) {
            return uids.reach(uid) && gids.reach(gid);
        }

        @Override
        public long uidWithin(long uid) {
            return uids.within(uid);
        }

        @Override
        public long gidWithin(long gid) {
            return gids.within(gid);
        }
    }

    /** As {@link Mapped}, entered by way of podman, for machines that let only known programs make user namespaces. */
    record ByPodman(SubordinateIds uids, SubordinateIds gids) implements Ownership {
        @Override
        public String name() {
            return new Mapped(uids, gids).name();
        }

        @Override
        public List<String> command(List<String> program) throws IOException {
            return join(tied(HostPrograms.require("podman"), "unshare"), join(tied(), program));
        }

        @Override
        public boolean reaches(long uid, long gid) {
            return uids.reach(uid) && gids.reach(gid);
        }

        @Override
        public long uidWithin(long uid) {
            return uids.within(uid);
        }

        @Override
        public long gidWithin(long gid) {
            return gids.within(gid);
        }
    }
}

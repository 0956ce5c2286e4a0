// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.SubordinateIds;
import io.jlayer.overlay.ThisUser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the first way to run a trial that works on this machine, by trying them from the best on. */
final class AccessLadder {

    private final List<String> reasons = new ArrayList<>();

    private final boolean probes;

    private AccessLadder(boolean probes) {
        this.probes = probes;
    }

    /**
     * The best way here, or the one that is asked for.
     *
     * @throws IOException with the reason of every way that does not work, and what would help
     */
    static Access choose(Engine wanted, RememberedEngine remembered) throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new NoAccessException(List.of("namespaces: this machine does not run Linux"));
        }
        for (String program : List.of("unshare", "setpriv", "mount", "env", "sh")) {
            HostPrograms.require(program);
        }
        Optional<Engine> before = wanted == Engine.AUTO ? remembered.recall() : Optional.empty();
        if (before.isPresent()) {
            return new AccessLadder(false).access(before.get());
        }
        AccessLadder ladder = new AccessLadder(true);
        for (Engine engine : List.of(Engine.ROOT, Engine.MAPPED, Engine.PODMAN, Engine.FLAT)) {
            if (wanted == Engine.AUTO || wanted == engine) {
                Optional<Access> access = ladder.attempt(engine);
                if (access.isPresent()) {
                    if (wanted == Engine.AUTO) {
                        remembered.remember(engine);
                    }
                    return access.get();
                }
            }
        }
        throw new NoAccessException(ladder.reasons);
    }

    private Access access(Engine engine) throws IOException {
        return switch (engine) {
            case ROOT -> root();
            case MAPPED -> mapped();
            case PODMAN -> podman();
            default -> flat();
        };
    }

    private Optional<Access> attempt(Engine engine) throws InterruptedIOException {
        try {
            return Optional.of(access(engine));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            reasons.add(engine.word() + ": " + Reasons.explain(e.getMessage()));
            return Optional.empty();
        }
    }

    private Access root() throws IOException {
        if (ThisUser.uid() != 0) {
            throw new IOException("the user is not root");
        }
        unshare("--mount", "--pid", "--fork");
        return new Access(Engine.ROOT, new Ownership.Real(), List.of());
    }

    private Access mapped() throws IOException {
        HostPrograms.require("newuidmap");
        HostPrograms.require("newgidmap");
        SubordinateIds uids = ids(ThisUser.uids(), "subuid");
        SubordinateIds gids = ids(ThisUser.gids(), "subgid");
        unshare("--user", "--map-root-user", "--mount");
        return new Access(Engine.MAPPED, new Ownership.Mapped(uids, gids), List.of());
    }

    private Access podman() throws IOException {
        SubordinateIds uids = ids(ThisUser.uids(), "subuid");
        SubordinateIds gids = ids(ThisUser.gids(), "subgid");
        String unshare = HostPrograms.require("unshare");
        probe(List.of(HostPrograms.require("podman"), "unshare", unshare, "--mount", "true"));
        return new Access(Engine.PODMAN, new Ownership.ByPodman(uids, gids), List.of());
    }

    /** Where root may do nothing but change its root; the last resort, so it is not remembered. */
    static Access copy(TrialSpec spec) throws IOException {
        if (ThisUser.uid() != 0) {
            throw new IOException("the user is not root");
        }
        CopyTrial.check(spec);
        HostCommand.run(List.of(HostPrograms.require("nsenter"), "--root=/", "--wd=/", "true"));
        return new Access(Engine.COPY, new Ownership.Real(), List.of(CopyTrial.WARNING));
    }

    private Access flat() throws IOException {
        unshare("--user", "--map-root-user", "--mount");
        String warning = "the user has no subordinate ids, so all files of the image belong to one owner within;"
                + " for the image's own owners: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 "
                + System.getProperty("user.name");
        return new Access(Engine.FLAT, new Ownership.Flat(), List.of(warning));
    }

    private static SubordinateIds ids(Optional<SubordinateIds> ids, String file) throws IOException {
        return ids.orElseThrow(() ->
                new IOException("the user '" + System.getProperty("user.name") + "' has no line in /etc/" + file));
    }

    private void unshare(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(HostPrograms.require("unshare")));
        command.addAll(List.of(options));
        command.add("true");
        probe(command);
    }

    private void probe(List<String> command) throws IOException {
        if (probes) {
            HostCommand.run(command);
        }
    }
}

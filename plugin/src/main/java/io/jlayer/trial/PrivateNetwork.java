// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.HostPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network namespace of the trial's own, joined to this machine's network by pasta or slirp4netns. */
final class PrivateNetwork {

    private final Path program;
    private final boolean pasta;

    private PrivateNetwork(Path program, boolean pasta) {
        this.program = program;
        this.pasta = pasta;
    }

    /**
     * The program that is installed.
     *
     * @throws IOException if none is
     */
    static PrivateNetwork find() throws IOException {
        Optional<Path> pasta = HostPrograms.find("pasta");
        if (pasta.isPresent()) {
            return new PrivateNetwork(pasta.get(), true);
        }
        Path slirp = HostPrograms.find("slirp4netns")
                .orElseThrow(() -> new TrialException(
                        "network 'private' needs pasta (package passt) or slirp4netns",
                        "network",
                        "install one, or use network 'host' or 'none'"));
        return new PrivateNetwork(slirp, false);
    }

    /** Shell lines that make the namespace at ../netns, within the outer process namespace so that all ends with it. */
    List<String> lines(List<PublishedPort> ports, boolean root) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("mount -n -t proc proc /proc");
        lines.add(": >../netns");
        lines.add(HostPrograms.require("unshare") + " --net=../netns true");
        if (pasta) {
            List<String> command = new ArrayList<>(List.of(program.toString(), "--config-net", "-q"));
            if (root) {
                // Else it becomes nobody, who may not open the trial's directory.
                command.add("--runas=0");
            }
            for (PublishedPort port : ports) {
                command.addAll(List.of("-t", port.host() + ":" + port.container()));
            }
            if (ports.isEmpty()) {
                command.addAll(List.of("-t", "none"));
            }
            command.addAll(List.of("-u", "none", "-T", "none", "-U", "none", "--netns"));
            lines.add(ShellText.quote(command) + " \"$PWD/../netns\"");
            return lines;
        }
        lines.add(ShellText.quote(program.toString()) + " --configure --ready-fd=4 --netns-type=path"
                + " --api-socket=\"$PWD/../slirp\" \"$PWD/../netns\" tap0 4>../ready >/dev/null &");
        lines.add("n=0; while [ ! -s ../ready ]; do n=$((n+1)); [ $n -lt 1000 ] || exit 1; sleep .01; done");
        if (!ports.isEmpty()) {
            throw new TrialException("only pasta can publish ports", "publish", "install it (package passt)");
        }
        return lines;
    }

    /** The command within the namespace. */
    String enter(String command) throws IOException {
        return HostPrograms.require("nsenter") + " --net=../netns " + command;
    }
}

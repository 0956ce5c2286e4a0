// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.overlay.ThisUser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * This machine's ports, to be asked before they are published: pasta takes what it gets, which may be IPv4 alone, and tells in
 * words of its own.
 */
final class HostPorts {

    private static final Path FIRST_OF_ALL = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    private static final int USUAL_FIRST_OF_ALL = 1024;
    /** 80 becomes 8080. */
    private static final int ABOVE = 8000;

    private final int first;

    /**
     * The ports as a user sees them.
     *
     * @param first that this user may take
     */
    HostPorts(int first) {
        this.first = first;
    }

    static HostPorts here() throws IOException {
        if (ThisUser.uid() == 0) {
            return new HostPorts(1);
        }
        return new HostPorts(
                Files.isReadable(FIRST_OF_ALL)
                        ? Integer.parseInt(Files.readString(FIRST_OF_ALL).strip())
                        : USUAL_FIRST_OF_ALL);
    }

    /**
     * Sees that all of them can be had, for IPv4 and IPv6.
     *
     * @throws TrialException for the first that cannot
     */
    void check(List<PublishedPort> ports) throws TrialException {
        Set<Integer> seen = new HashSet<>();
        for (PublishedPort port : ports) {
            if (!seen.add(port.host())) {
                throw new TrialException(
                        "port " + port.host()
                                + " of this machine is published twice, the second time for the trial's port "
                                + port.container(),
                        "publish",
                        "give that another one: -Djlayer.try.publish=OTHER:" + port.container());
            }
            if (port.host() < first) {
                throw reserved(port);
            }
            checkFree(port);
        }
    }

    private static void checkFree(PublishedPort port) throws TrialException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections that have just ended stand in nobody's way
            socket.bind(new InetSocketAddress(port.host()));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("ermission denied")) {
                throw reserved(port);
            }
            throw new TrialException(
                    "the trial's port " + port.container() + " cannot be published as port " + port.host()
                            + " of this machine: another program has that",
                    "publish",
                    "end that program, or take another port: -Djlayer.try.publish=OTHER:" + port.container());
        }
    }

    private static TrialException reserved(PublishedPort port) {
        return new TrialException(
                "the trial's port " + port.container() + " cannot be published as port " + port.host()
                        + " of this machine: this user may not take ports as low as that",
                "publish",
                "take a higher one: -Djlayer.try.publish=" + (port.host() + ABOVE) + ":" + port.container()
                        + ", or let root lower net.ipv4.ip_unprivileged_port_start");
    }
}

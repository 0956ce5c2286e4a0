// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.layer.LayerPath;
import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.TopLayer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that tell a trial's programs of names and networks. */
final class HostFiles {

    private HostFiles() {}

    static void write(TopLayer top, String hostName, Network network) throws IOException {
        StringBuilder hosts = new StringBuilder("127.0.0.1\tlocalhost ").append(hostName);
        if (HostPrograms.find("hostname").isEmpty()) {
            // The name cannot be changed then, and programs look up the one that they see.
            hosts.append(' ').append(thisHost());
        }
        hosts.append("\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        Path own = Path.of("/etc/hosts");
        if (network != Network.NONE && Files.isReadable(own)) {
            for (String line : Files.readAllLines(own)) {
                if (!line.isBlank() && !line.contains("localhost")) {
                    hosts.append(line).append('\n');
                }
            }
        }
        top.file(LayerPath.of("etc/hosts"), hosts.toString());
        top.file(LayerPath.of("etc/hostname"), hostName + "\n");
        top.file(LayerPath.of("etc/resolv.conf"), network == Network.NONE ? "" : resolver());
    }

    /** systemd-resolved listens on an address that only this machine's own network has, but keeps the real list too. */
    private static String resolver() throws IOException {
        for (String file : new String[] {"/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"}) {
            Path path = Path.of(file);
            if (Files.isReadable(path)) {
                return Files.readString(path);
            }
        }
        return "";
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

    /** This machine's own files are passed on byte by byte: comments in them may be in any encoding. */
    static void write(TopLayer top, String hostName, Network network) throws IOException {
        write(top, hostName, network, Path.of("/"));
    }

    /**
     * The same.
     *
     * @param root below which this machine's own files are
     */
    static void write(TopLayer top, String hostName, Network network, Path root) throws IOException {
        StringBuilder hosts = new StringBuilder("127.0.0.1\tlocalhost ").append(hostName);
        if (HostPrograms.find("hostname").isEmpty()) {
            // The name cannot be changed then, and programs look up the one that they see.
            hosts.append(' ').append(thisHost());
        }
        hosts.append("\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        Path own = root.resolve("etc/hosts");
        if (network != Network.NONE && Files.isReadable(own)) {
            for (String line : Files.readAllLines(own, ISO_8859_1)) {
                if (!line.isBlank() && !line.contains("localhost")) {
                    hosts.append(line).append('\n');
                }
            }
        }
        top.file(LayerPath.of("etc/hosts"), hosts.toString().getBytes(ISO_8859_1));
        top.file(LayerPath.of("etc/hostname"), hostName + "\n");
        top.file(LayerPath.of("etc/resolv.conf"), network == Network.NONE ? new byte[0] : resolver(root));
    }

    /** systemd-resolved listens on an address that only this machine's own network has, but keeps the real list too. */
    private static byte[] resolver(Path root) throws IOException {
        for (String file : new String[] {"etc/resolv.conf", "run/systemd/resolve/resolv.conf"}) {
            Path path = root.resolve(file);
            if (Files.isReadable(path)) {
                return Files.readAllBytes(path);
            }
        }
        return new byte[0];
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}

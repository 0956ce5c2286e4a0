// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortsTest {

    private static List<PublishedPort> ports(String... texts) {
        return List.of(texts).stream().map(PublishedPort::parse).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1"})
    void takenByOneProtocolIsTaken(String address) throws IOException {
        InetAddress taken = InetAddress.getByName(address);
        StandardProtocolFamily family =
                address.contains(":") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        try (ServerSocketChannel other = ServerSocketChannel.open(family)) {
            try {
                other.bind(new InetSocketAddress(taken, 0));
            } catch (IOException e) {
                Assumptions.abort("this machine has no " + address);
            }
            int port = ((InetSocketAddress) other.getLocalAddress()).getPort();
            assertThatThrownBy(() -> new HostPorts(1024).check(ports(port + ":80")))
                    .isInstanceOfSatisfying(TrialException.class, e -> {
                        assertThat(e.what())
                                .isEqualTo("the trial's port 80 cannot be published as port " + port
                                        + " of this machine: another program has that");
                        assertThat(e.remedy()).contains("-Djlayer.try.publish=OTHER:80");
                    });
        }
    }

    @Test
    void lowPortOfAPlainUserIsAnotherMistake() {
        assertThatThrownBy(() -> new HostPorts(1024).check(ports("80:8080")))
                .hasMessageContaining("may not take ports as low")
                .hasMessageContaining("-Djlayer.try.publish=8080:8080");
    }

    @Test
    void freePortsArePassedAndStayFree() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String text = port + ":80";
        assertThatCode(() -> new HostPorts(1024).check(ports(text))).doesNotThrowAnyException();
        assertThatCode(() -> new HostPorts(1024).check(ports(text))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new HostPorts(1024).check(ports(text, port + ":81")))
                .hasMessageContaining("twice");
    }

    @Test
    void trialDoesNotStartWithoutItsPort(@TempDir Path directory) throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "namespaces are Linux's");
        TestAccess.assumeThere();
        Store store = Store.open(directory.resolve("store"));
        Trials trials = new Trials(store.root(), store.blobs(), List.of());
        OutputStream nowhere = OutputStream.nullOutputStream();
        try (ServerSocket other = new ServerSocket(0)) {
            TrialSpec spec = TrialSpec.builder()
                    .network(Network.PRIVATE)
                    .publish(ports(other.getLocalPort() + ":80"))
                    .build();
            assertThatThrownBy(() -> trials.run(
                            Image.scratch(Platform.HOST), spec, new Streams.Given(Optional.empty(), nowhere, nowhere)))
                    .isInstanceOf(TrialException.class);
        }
    }
}

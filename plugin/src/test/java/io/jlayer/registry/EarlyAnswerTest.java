// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static io.jlayer.registry.TestImages.AMD64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.http.FakeProxy;
import io.jlayer.http.RawServer;
import io.jlayer.http.TestCertificate;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.ImageRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that answer while they are still being sent to. */
@Timeout(50) // what is not heard is given up after a minute
class EarlyAnswerTest {

    /** More than all buffers on the way hold. */
    private static final int LARGE = 40_000_000;

    private static final String UNWANTED = "Content-Length: 0\r\nConnection: close\r\n\r\n";

    @TempDir
    Path temp;

    private static void push(FakeRegistry registry, TestRun run, int size) throws IOException {
        ImageDocuments large =
                TestImages.documents(TestImages.image(AMD64, TestImages.layer(TestImages.bytes(1, size))));
        run.client.target(ImageRef.parse(registry.host() + "/a/b:1"), List.of()).write(large);
    }

    private static void uploadTo(FakeRegistry registry, String url) {
        registry.fail(9, request -> request.is("POST", ".*"), (request, answer, service) -> {
            answer.header("Location", url);
            answer.send(202, new byte[0]);
        });
    }

    /** After the pause nothing more goes, since nobody takes it: then only who reads hears the answer. */
    @ParameterizedTest
    @CsvSource({"http, 413, 0", "http, 507, 500", "https, 413, 0", "https, 507, 500"})
    void endsASendingThatIsNotWanted(String scheme, int status, int pauseMillis) throws Exception {
        ServerSocketFactory sockets = scheme.equals("http")
                ? ServerSocketFactory.getDefault()
                : TestCertificate.make(temp).server().getServerSocketFactory();
        try (FakeRegistry registry = new FakeRegistry();
                RawServer server = new RawServer(
                        sockets, "HTTP/1.1 " + status + " No\r\n" + UNWANTED, Duration.ofMillis(pauseMillis));
                TestRun run = new TestRun(settings ->
                        settings.withParallelism(1).withInsecureHosts(Set.of("localhost:" + server.port())))) {
            uploadTo(registry, scheme + "://localhost:" + server.port() + "/up");

            assertThatThrownBy(() -> push(registry, run, LARGE)).hasMessageContaining(": " + status);

            assertThat(run.sleeps).isEmpty();
            assertThat(run.client.sent()).isLessThan(LARGE);
        }
    }

    @Test
    void whatIsNotTheAnswerYetEndsNothing() throws Exception {
        AtomicLong taken = new AtomicLong();
        try (FakeRegistry registry = new FakeRegistry();
                ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestRun run = new TestRun(settings -> settings.withParallelism(1))) {
            FakeProxy.start(() -> FakeProxy.accept(server, client -> {
                client.getOutputStream().write("HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(UTF_8));
                while (taken.get() < LARGE) {
                    taken.addAndGet(client.getInputStream().readNBytes(1000).length);
                }
                client.getOutputStream().write(("HTTP/1.1 403 No\r\n" + UNWANTED).getBytes(UTF_8));
            }));
            uploadTo(registry, "http://localhost:" + server.getLocalPort() + "/up");

            assertThatThrownBy(() -> push(registry, run, LARGE)).hasMessageContaining(": 403");
            assertThat(taken).hasValueGreaterThanOrEqualTo(LARGE);
        }
    }

    @Test
    void whoHangsUpIsNotSentTheRest() throws Exception {
        try (FakeRegistry registry = new FakeRegistry();
                ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestRun run = new TestRun(settings -> settings.withParallelism(1))) {
            FakeProxy.start(() ->
                    FakeProxy.accept(server, client -> client.getInputStream().readNBytes(1000)));
            uploadTo(registry, "http://localhost:" + server.getLocalPort() + "/up");

            assertThatThrownBy(() -> push(registry, run, LARGE)).hasMessageContaining("(after 5 attempts)");
            assertThat(run.sleeps).hasSize(4);
        }
    }

    @Test
    void aConnectionServesAgainAfterAllWasSent() throws Exception {
        try (FakeRegistry registry = new FakeRegistry();
                TestRun run = new TestRun(settings -> settings.withParallelism(1))) {
            for (int i = 0; i < 5; i++) {
                push(registry, run, 300_000 + i);
            }
            assertThat(registry.connections).hasSizeLessThanOrEqualTo(2);
            assertThat(run.debug).isEmpty();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static io.jlayer.house.Programs.assumeInstalled;
import static io.jlayer.house.Programs.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figure of the textbook: two trials of one image at once serve different pages. */
class FigureIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Without Debian's packages there is nothing to show; CI, where they are, counts a skipped test as failed. */
    private static void makeBase(Path figure) throws Exception {
        try {
            run(figure, "./debian.sh");
        } catch (AssertionError e) {
            Assumptions.abort("the Debian base cannot be made here: " + e.getMessage());
        }
    }

    @Test
    void twoTrialsOfOneImageServeDifferentPages(@TempDir Path directory) throws Exception {
        assumeInstalled("mmdebstrap");
        assumeInstalled("pasta");
        Path figure = MavenRun.copyExample("figure", directory.resolve("figure"));
        makeBase(figure);
        MavenRun maven = new MavenRun(figure, directory.resolve("store"));
        assertThat(maven.run("package")).contains("oci:target/figure:emacs", "oci:target/figure:apache");

        int onePort = freePort();
        int otherPort = freePort();
        MavenRun.Running one = serve(maven, onePort, "The first page");
        MavenRun.Running other = serve(maven, otherPort, "The second page");
        try {
            assertThat(page(one, onePort)).isEqualTo("The first page\n");
            assertThat(page(other, otherPort)).isEqualTo("The second page\n");
            assertThat(maven.run(MavenRun.goal("trials")).split("running, process", -1))
                    .hasSize(3);
        } finally {
            one.stop();
            other.stop();
        }
        assertThat(maven.run(MavenRun.goal("trials"))).contains("There are no trials");
    }

    private static Optional<String> get(String uri) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return Optional.of(
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static MavenRun.Running serve(MavenRun maven, int port, String page) throws IOException {
        return maven.start(
                MavenRun.goal("try"), "-Djlayer.try.publish=" + port + ":80", "-Djlayer.try.environment.PAGE=" + page);
    }

    /** What the server says as soon as it says anything; the network of a trial takes connections before it does. */
    private static String page(MavenRun.Running maven, int port) throws Exception {
        while (maven.goesOn()) {
            Optional<String> page = get("http://localhost:" + port + "/");
            if (page.isPresent()) {
                return page.get();
            }
        }
        throw new AssertionError("Maven ended, and nothing answered on port " + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

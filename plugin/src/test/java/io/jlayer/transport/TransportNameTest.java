// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportNameTest {

    @TempDir
    Path directory;

    private static TransportName parse(String text) {
        return TransportName.parse(text, "<from>");
    }

    @Test
    void transportsAreKnownByWhatStandsBeforeTheColon() {
        assertThat(parse("oci:build/image:1.0")).isEqualTo(new TransportName("oci", "build/image:1.0"));
        assertThat(parse(" rootfs:/srv/base ")).isEqualTo(new TransportName("rootfs", "/srv/base"));
        assertThat(parse("jdk:")).isEqualTo(parse("jdk")).isEqualTo(new TransportName("jdk", ""));
        assertThat(parse("scratch")).hasToString("scratch");
    }

    @Test
    void allElseIsAnImageInARegistry() {
        for (String name : new String[] {
            "eclipse-temurin:21-jre",
            "localhost:5000/shop/app:1.0",
            "registry.example.com:443/app@sha256:" + "0".repeat(64),
            "docker://alpine",
            "oci/alpine",
            "scratch/app",
            "docker:24"
        }) {
            assertThat(parse(name).transport()).as(name).isEqualTo(TransportName.REGISTRY);
        }
        assertThat(parse("docker://localhost:5000/a:1").rest()).isEqualTo("localhost:5000/a:1");
        assertThat(parse("docker://localhost:5000/a:1").reference().registry()).isEqualTo("localhost:5000");
    }

    @Test
    void aPathMayBeFollowedByAName() {
        TransportName.Place place = parse("oci:image:v1:2").place(directory);
        assertThat(place.path()).isEqualTo(directory.resolve("image"));
        assertThat(place.name()).hasValue("v1:2");
        assertThat(parse("oci:image").place(directory).name()).isEmpty();
        assertThat(parse("docker-archive:a.tar:shop/app:1.0").place(directory).name())
                .hasValue("shop/app:1.0");
    }

    @Test
    void aWindowsDriveIsNoName() {
        TransportName.Place place = parse("oci:C:\\images\\app:v1").place(directory);
        assertThat(place.path()).isEqualTo(directory.resolve("C:\\images\\app"));
        assertThat(place.name()).hasValue("v1");
        assertThat(parse("oci:C:/images/app").place(directory).name()).isEmpty();
    }

    @Test
    void aPathThatIsThereMayHaveColons() throws IOException {
        Files.createDirectory(directory.resolve("a:b"));
        TransportName.Place place = parse("oci:a:b").place(directory);
        assertThat(place.path()).isEqualTo(directory.resolve("a:b"));
        assertThat(place.name()).isEmpty();
    }

    @Test
    void whatNamesNothingIsRefused() {
        refused("", "no image is named (<from>)");
        refused("oci:", "'oci:' names nothing");
        refused("rootfs: ", "'rootfs:' names nothing");
        refused("jdk:17", "'jdk:17' says more than jdk can be told", "write jdk:");
        refused("scratch:latest", "write scratch");
        refused("Alpine", "'Alpine' is not a valid repository");
    }

    @Test
    void theNearestTransportIsOffered() {
        refused("roofs:/srv", "did you mean rootfs:/srv?");
        refused("oci-archiv:/x.tar", "did you mean oci-archive:/x.tar?");
        refused("OCI:dir/", "did you mean oci:dir/?");
        assertThat(TransportName.meant("oci-archiv:x.tar")).hasValue("did you mean oci-archive:x.tar?");
        assertThat(TransportName.meant("scrach")).hasValue("did you mean scratch?");
        assertThat(TransportName.meant("docker:foo")).hasValue("if the image foo is meant, write that alone");
        assertThat(TransportName.meant("docker")).isEmpty();
    }

    private static void refused(String text, String... words) {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> parse(text))
                .withMessageContainingAll(words)
                .withMessageContaining("(<from>)");
    }
}

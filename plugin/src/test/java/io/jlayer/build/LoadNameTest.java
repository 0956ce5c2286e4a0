// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadNameTest {

    @TempDir
    Path directory;

    private static List<String> texts(List<LoadName> names) {
        return names.stream().map(name -> name.image().toString()).toList();
    }

    private List<String> ofProject(String... to) throws IOException {
        SmallApplication application = new SmallApplication(directory);
        application.to.addAll(List.of(to));
        return texts(LoadName.ofProject(application.application(), application.settings()));
    }

    @Test
    void aNameWithoutATagHasAllTags() {
        List<String> tags = List.of("1.0", "latest");
        assertThat(texts(LoadName.of("r.io/a", tags, "<to>"))).containsExactly("r.io/a:1.0", "r.io/a:latest");
        assertThat(texts(LoadName.of("r.io/a:2", tags, "<to>"))).containsExactly("r.io/a:2");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> LoadName.of("r.io/A", tags, "<to>"))
                .withMessageContaining("(<to>)");
    }

    @Test
    void namesInRegistriesAreKept() throws IOException {
        assertThat(ofProject("r.io/shop/app", "r.io/shop/app:1.0", "oci:target/x"))
                .containsExactly("r.io/shop/app:latest", "r.io/shop/app:1.0");
    }

    @Test
    void withoutOneItIsTheProjects() throws IOException {
        assertThat(ofProject("docker-archive:app.tar"))
                .singleElement()
                .asString()
                .endsWith("small:latest");
    }

    @ParameterizedTest
    @CsvSource({
        "r.io/shop/app,r.io/shop/app:latest",
        "r.io/shop/app:2,r.io/shop/app:2",
        "oci-archive:target/App.tar,app:latest",
        "docker-archive:app.tar.gz,app:latest",
        "docker-archive:app.tar:r.io/shop/app:3,r.io/shop/app:3",
        "oci:target/layout:1.2,layout:1.2",
        "docker-daemon:shop/app,shop/app:latest",
        "containers-storage:localhost/app:3,localhost/app:3",
        "docker-daemon:sha256:0123456789abcdef,image:0123456789ab",
        "docker-daemon:app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,app:0123456789ab"
    })
    void anImageThatIsNamedIsCalledSo(String image, String name) {
        TransportName transport = TransportName.parse(image, "-Djlayer.image");
        assertThat(LoadName.ofNamed(transport, directory).image().toString()).endsWith(name);
    }
}

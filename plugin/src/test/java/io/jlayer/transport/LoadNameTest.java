// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    @Test
    void aNameWithoutATagHasAllTags() {
        List<String> tags = List.of("1.0", "latest");
        assertThat(texts(LoadName.of("r.io/a", tags, "<to>"))).containsExactly("r.io/a:1.0", "r.io/a:latest");
        assertThat(texts(LoadName.of("r.io/a:2", tags, "<to>"))).containsExactly("r.io/a:2");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> LoadName.of("r.io/A", tags, "<to>"))
                .withMessageContaining("(<to>)");
    }

    @ParameterizedTest
    @CsvSource({
        "r.io/shop/app,r.io/shop/app:latest",
        "r.io/shop/app:2,r.io/shop/app:2",
        "oci-archive:built/App.tar,app:latest",
        "docker-archive:app.tar.gz,app:latest",
        "docker-archive:app.tar:r.io/shop/app:3,r.io/shop/app:3",
        "oci:built/layout:1.2,layout:1.2",
        "docker-daemon:shop/app,shop/app:latest",
        "containers-storage:localhost/app:3,localhost/app:3",
        "docker-daemon:sha256:0123456789abcdef,image:0123456789ab",
        "docker-daemon:app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,app:0123456789ab"
    })
    void anImageThatIsNamedIsCalledSo(String image, String name) {
        TransportName transport = TransportName.parse(image, "-Djlayer.image");
        assertThat(named(transport, Map.of())).endsWith(name);
    }

    private String named(TransportName transport, Map<String, String> annotations) {
        List<ProjectOutput> projects = List.of(
                new ProjectOutput(directory.resolve("target"), "shop"),
                new ProjectOutput(directory.resolve("web/target"), "shop-web"));
        return LoadName.ofNamed(transport, directory, annotations, projects)
                .image()
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            target/jlayer/image,,,shop:latest
            web/target/jlayer/image,1.0,,shop-web:1.0
            web/target/jlayer/saved.tar,,,shop-web:latest
            web/target/elsewhere.tar,,,elsewhere:latest
            target/postgres.tar,,,postgres:latest
            other/target/jlayer/image,,other-app,other-app:latest
            other/target/jlayer/image,2,The Other App,other:2
            saved,localhost/shop/app:3,ignored,localhost/shop/app:3
            saved,docker.io/library/debian:12,,docker.io/library/debian:12
            saved,no:name at all,debian,saved:no-name-at-all
            """)
    void whatLiesSomewhereIsCalledAsItSaysOrByWhoBuiltIt(String path, String refName, String title, String name) {
        Map<String, String> annotations = new TreeMap<>();
        Optional.ofNullable(refName).ifPresent(it -> annotations.put("org.opencontainers.image.ref.name", it));
        Optional.ofNullable(title).ifPresent(it -> annotations.put("org.opencontainers.image.title", it));
        assertThat(named(new TransportName("oci", path), annotations)).endsWith(name);
        annotations.put("io.containerd.image.name", "r.io/own:7");
        assertThat(named(new TransportName("oci", path), annotations)).isEqualTo("r.io/own:7");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectNamesTest {

    @TempDir
    Path directory;

    private List<String> names(String... to) throws IOException {
        SmallApplication application = new SmallApplication(directory);
        application.to.addAll(List.of(to));
        return ProjectNames.of(application.application(), application.settings()).stream()
                .map(name -> name.image().toString())
                .toList();
    }

    @Test
    void namesInRegistriesAreKept() throws IOException {
        assertThat(names("r.io/shop/app", "r.io/shop/app:1.0", "oci:target/x"))
                .containsExactly("r.io/shop/app:latest", "r.io/shop/app:1.0");
    }

    @Test
    void withoutOneItIsTheProjects() throws IOException {
        assertThat(names("docker-archive:app.tar")).singleElement().asString().endsWith("small:latest");
    }
}

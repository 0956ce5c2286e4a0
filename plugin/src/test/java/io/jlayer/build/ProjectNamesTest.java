// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void anArtifactIdIsMadeAName() throws IOException {
        Map<String, String> names = Map.of(
                "My_App.Core-", "my_app.core",
                "a__b--c", "a__b--c",
                "-x._y", "x-y",
                "a...b", "a-b",
                "\u00e4pfel", "pfel",
                "--", "image",
                "shop", "shop");
        for (Map.Entry<String, String> name : names.entrySet()) {
            SmallApplication application = new SmallApplication(directory);
            application.name = name.getKey();
            assertThat(new Targets(application.application(), application.settings()).reference())
                    .isEqualTo(name.getValue() + ":latest");
            assertThat(ProjectNames.of(application.application(), application.settings()))
                    .extracting(each -> each.image().toString())
                    .containsExactly("docker.io/library/" + name.getValue() + ":latest");
        }
    }

    @Test
    void thatANameCouldNotStayIsTold() throws IOException {
        SmallApplication application = new SmallApplication(directory);
        application.build();
        assertThat(application.hints).isEmpty();
        application.name = "My_App.Core-";
        application.build();
        assertThat(application.hints)
                .containsExactly("The image is called my_app.core, since no image can be called My_App.Core-");
    }

    @Test
    void withoutOneItIsTheProjects() throws IOException {
        assertThat(names("docker-archive:app.tar")).singleElement().asString().endsWith("small:latest");
    }
}

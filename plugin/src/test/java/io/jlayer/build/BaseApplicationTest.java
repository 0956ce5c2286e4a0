// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.Platform;
import io.jlayer.plan.ExtraLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of applications that became bases. */
class BaseApplicationTest {

    private static final String TOLD = "holds an application that jlayer built";

    @TempDir
    Path directory;

    private SmallApplication on(String from) throws IOException {
        SmallApplication application = new SmallApplication(directory);
        application.from = from;
        return application;
    }

    /** The image of an application, kept where the next build does not write. */
    private String built() throws IOException {
        SmallApplication first = on("scratch");
        first.to.add("oci:base");
        first.build();
        assertThat(first.warnings).isEmpty();
        return "oci:base";
    }

    @Test
    void anApplicationOnAnotherIsToldOnce() throws IOException {
        SmallApplication second = on(built());
        second.build();
        assertThat(second.warnings)
                .singleElement()
                .asString()
                .contains(
                        "the base oci:base " + TOLD + ", io.jlayer.project.StartedFixture;",
                        "/app/classes is on this one's class path",
                        "<layering>none</layering>");
    }

    @Test
    void ofSeveralPlatformsOneIsTold() throws IOException {
        SmallApplication first = on("scratch");
        first.platforms = List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
        first.to.add("oci:base");
        first.build();
        SmallApplication second = on("oci:base");
        second.platforms = first.platforms;
        second.build();
        assertThat(second.warnings).singleElement().asString().contains(TOLD);
    }

    @Test
    void whatIsPutOnAnApplicationOnPurposeIsNot() throws IOException {
        SmallApplication second = on(built());
        second.layering = "none";
        second.write("src/main/jlayer/etc/motd", "hello");
        second.build();
        assertThat(second.warnings).isEmpty();
    }

    @Test
    void aLayerThatAUserCalledClassesStartsNothing() throws IOException {
        SmallApplication base = on("scratch");
        base.layering = "none";
        ExtraLayer.Link link = ExtraLayer.Link.of("/opt/model", "/usr/share/model");
        base.extraLayers.add(new ExtraLayer("classes", List.of(), List.of(link)));
        base.to.add("oci:base");
        base.build();
        SmallApplication second = on("oci:base");
        second.build();
        assertThat(second.warnings).noneMatch(warning -> warning.contains(TOLD));
    }

    @Test
    void aBaseOfFilesAloneIsNone() throws IOException {
        SmallApplication base = on("scratch");
        base.layering = "none";
        base.write("src/main/jlayer/etc/motd", "hello");
        base.to.add("oci:base");
        base.build();
        SmallApplication second = on("oci:base");
        second.build();
        assertThat(second.warnings).noneMatch(warning -> warning.contains(TOLD));
    }
}

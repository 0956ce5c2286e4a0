// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a build has the JVM load, for a goal that runs after each compile in a JVM that is cold: no part of jlayer that it
 * does not use, and nothing of the JDK that takes long to link. Counted by classes, as times are another each time.
 */
class ColdStartIT {

    /** The network, and what runs images or looks into them. */
    private static final List<String> OTHER_PARTS = List.of(
            "io.jlayer.credential.",
            "io.jlayer.diff.",
            "io.jlayer.engine.",
            "io.jlayer.http.",
            "io.jlayer.inspect.",
            "io.jlayer.overlay.",
            "io.jlayer.registry.",
            "io.jlayer.trial.",
            "java.net.http.",
            "javax.net.ssl.");

    /** Exceptions and parameters that the JVM looks at when it verifies who names them. */
    private static final List<String> NAMED_ONLY =
            List.of("io.jlayer.http.Events", "io.jlayer.registry.RegistrySettings", "io.jlayer.trial.TrialException");

    /** Records compared, texts put together and {@code switch} over patterns by code that the JVM makes at run time. */
    private static final List<String> LINKED_SLOWLY = List.of(
            "java.lang.runtime.ObjectMethods",
            "java.lang.invoke.StringConcatFactory",
            "java.lang.runtime.SwitchBootstraps");

    @TempDir
    Path directory;

    private Path project;

    @BeforeEach
    void packageIt() throws Exception {
        project = MavenRun.copyExample("spring-boot", directory.resolve("project"));
        new MavenRun(project, directory.resolve("unused")).run("package");
    }

    @Test
    void aBuildLoadsNothingThatItDoesNotUse() throws Exception {
        List<String> cold = loaded("cold");
        assertThat(cold).contains("io.jlayer.layer.LayerWriter");
        assertThat(cold).noneMatch(name -> isOneOf(LINKED_SLOWLY, name));
        assertThat(cold).noneMatch(name -> isOneOf(OTHER_PARTS, name) && !NAMED_ONLY.contains(name));
    }

    @Test
    void aBuildWithNothingToDoLoadsNoLayers() throws Exception {
        loaded("cold");
        List<String> again = loaded("again");
        assertThat(again).contains("io.jlayer.build.LastBuild");
        assertThat(again).noneMatch(name -> isOneOf(LINKED_SLOWLY, name));
        assertThat(again)
                .noneMatch(name -> name.startsWith("io.jlayer.plan.ImagePlanner") || name.startsWith("io.jlayer.tar."));
    }

    private static boolean isOneOf(List<String> beginnings, String name) {
        return beginnings.stream().anyMatch(name::startsWith);
    }

    /** What is loaded from the moment on at which Maven has the goal's class. */
    private List<String> loaded(String name) throws Exception {
        Path log = directory.resolve(name + ".log");
        new MavenRun(project, directory.resolve("store"))
                .with("MAVEN_OPTS", "-Xlog:class+load:file=" + log + "::filesize=0")
                .run(MavenRun.goal("build"), "-Djlayer.from=scratch");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.dropWhile(line -> !line.contains("io.jlayer."))
                    .map(line -> line.substring(line.indexOf("] ") + 2).replaceFirst(" .*", ""))
                    .toList();
        }
    }
}

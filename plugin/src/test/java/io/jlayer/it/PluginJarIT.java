// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin keeps to what it asks of others: built twice, in unlike places, its own jar is the same. */
class PluginJarIT {

    /** All that the plugin is built of. */
    private static final List<String> SOURCES =
            List.of("pom.xml", "LICENSE", ".mvn", "plugin/pom.xml", "plugin/src/main");

    @TempDir
    Path directory;

    @Test
    void thePluginsOwnJarIsReproducible() throws Exception {
        Path here = jar("here", run -> run);
        Path elsewhere = jar("quite/another place", run -> run.by("sh", "-c", "umask 077; exec \"$@\"", "sh")
                .with("TZ", "Asia/Kathmandu")
                .with("LC_ALL", "C")
                .with("MAVEN_OPTS", "-Duser.language=tr -Duser.name=someone"));
        assertThat(elsewhere).hasSameBinaryContentAs(here);
    }

    /** How Maven is to be run. */
    private interface Way {
        MavenRun of(MavenRun run);
    }

    private Path jar(String name, Way way) throws IOException, InterruptedException {
        Path copy = directory.resolve(name);
        Path checkout = Path.of(System.getProperty("jlayer.examples")).resolveSibling("");
        for (String source : SOURCES) {
            Path to = copy.resolve(source);
            Files.createDirectories(to.getParent());
            MavenRun.copy(checkout.resolve(source), to);
        }
        way.of(new MavenRun(copy, directory.resolve("store")))
                .run("package", "-DskipTests", "-Dspotless.check.skip", "-Denforcer.skip");
        try (Stream<Path> built = Files.list(copy.resolve("plugin/target"))) {
            return built.filter(file -> file.getFileName().toString().matches("jlayer-maven-plugin-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

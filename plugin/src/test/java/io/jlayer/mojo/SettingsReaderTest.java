// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import io.jlayer.maven.CreatedTime;
import io.jlayer.oci.Platform;
import io.jlayer.plan.ImageSettings;
import io.jlayer.plan.OwnClasses;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    @TempDir
    Path directory;

    private final BuildMojo goal = new BuildMojo();

    @BeforeEach
    @SuppressWarnings("deprecation") // the only session that can be made without a container
    void project() {
        goal.project = new MavenProject();
        goal.project.setFile(new File(directory.toFile(), "pom.xml"));
        goal.project.setVersion("1.0");
        goal.session = new MavenSession(
                null,
                null,
                new DefaultMavenExecutionRequest().setUserProperties(new Properties()),
                new DefaultMavenExecutionResult());
    }

    private ImageSettings read() {
        return new SettingsReader(goal).read();
    }

    private void refused(String... words) {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::read)
                .withMessageContainingAll(words)
                .withMessageContaining("To fix: ");
    }

    @Test
    void elementsWithoutText() {
        goal.container.environment = new TreeMap<>();
        goal.container.environment.put("EMPTY", null);
        assertThat(read().container().environment()).containsEntry("EMPTY", "");
        goal.container.args = Arrays.asList("a", null);
        refused("an element has no text", "<container><args>");
    }

    @Test
    void aFlagThatWasSplitAtItsCommaIsNoFlag() {
        goal.container.jvmFlags =
                List.of("--add-modules", "java.sql", "-cp", "/x", "@/app/flags", "-agentlib:jdwp=a,server=y");
        assertThat(read().container().jvmFlags()).hasSize(6);
        goal.container.jvmFlags = List.of("-agentlib:jdwp=transport=dt_socket", "server=y");
        refused("'server=y' is no flag of a JVM (<container><jvmFlags>)", "comma within a flag as \\,");
        goal.container.jvmFlags = List.of("verbose");
        refused("'verbose' is no flag of a JVM", "<args>");
    }

    @Test
    void flagsWithBlanksBetweenAreNotOne() {
        goal.container.jvmFlags =
                List.of("-Da=-b -c", "-XX:OnError=kill -9 %p", "-javaagent:/a b.jar", "-cp", "/x y", "@/app/my flags");
        assertThat(read().container().jvmFlags()).hasSize(6);
        goal.container.jvmFlags = List.of("-ea", "-Xmx1g  -Xms1m");
        refused("'-Xmx1g  -Xms1m' is more than one flag of a JVM", "<container><jvmFlags>", "-Xmx1g,-Xms1m");
        goal.container.jvmFlags = List.of("-XX:+UseZGC -ea");
        refused("'-XX:+UseZGC -ea' is more than one flag");
        goal.container.jvmFlags = List.of("--add-opens java.base/java.lang=ALL-UNNAMED");
        refused("is more than one flag");
    }

    @Test
    void defaults() {
        ImageSettings settings = read();
        assertThat(settings.from()).isEqualTo("jdk:");
        assertThat(settings.tagsOrDefault()).containsExactly("latest");
        assertThat(settings.platforms()).containsExactly(Platform.HOST);
        assertThat(settings.created()).isEqualTo(Instant.EPOCH);
        assertThat(settings.annotations()).containsEntry("org.opencontainers.image.version", "1.0");
    }

    /** The base may have it, too. */
    @Test
    void anAnnotationWithoutTextIsToldOfToTheBuild() {
        goal.annotations = new TreeMap<>();
        goal.annotations.put("org.opencontainers.image.version", null);
        assertThat(read().annotations()).containsEntry("org.opencontainers.image.version", "");
    }

    @Test
    void platformsThatNobodyHasAreRefused() {
        goal.platforms = List.of("linux/arm65");
        refused("there is no processor 'arm65' (<platforms>)", "did you mean 'arm64'?");
        goal.platforms = List.of("linus/amd64");
        refused("there is no operating system 'linus'", "did you mean 'linux'?");
        goal.platforms = List.of("linux");
        refused("'linux' is not a platform", "linux/amd64,linux/arm64");
        goal.platforms = List.of("linux/x86_64", "linux/amd64", "linux/aarch64");
        assertThat(read().platforms()).extracting(Platform::toString).containsExactly("linux/amd64", "linux/arm64");
    }

    @Test
    void valuesThatAreNoneAreRefused() {
        goal.compression = "gzp";
        refused("there is no compression 'gzp' (<compression>)", "did you mean 'gzip'?");
        goal.compression = "auto";
        goal.compressionLevel = 77;
        refused("77", "1 to 9", "(<compressionLevel>)");
        goal.compressionLevel = null;
        goal.format = "tar";
        refused("there is no format 'tar'", "choose one of oci, docker");
        goal.format = "docker";
        goal.to = new ToParameters();
        goal.to.tags = List.of("1.0", "a/b");
        refused("'a/b' is not a tag (<to><tags>)");
        goal.to.tags = List.of("1.0", "1.0");
        assertThat(read().tags()).containsExactly("1.0");
    }

    @Test
    void theDateIsTheUsersElseThePomsElseTheEnvironments() {
        Properties pom = new Properties();
        pom.setProperty("project.build.outputTimestamp", "2026-01-31T12:00:00+01:00");
        Map<String, String> environment = Map.of("SOURCE_DATE_EPOCH", "5");
        assertThat(CreatedTime.of("7", pom, environment)).isEqualTo(Instant.ofEpochSecond(7));
        assertThat(CreatedTime.of(null, pom, environment)).isEqualTo("2026-01-31T11:00:00Z");
        assertThat(CreatedTime.of(" ", new Properties(), environment)).isEqualTo(Instant.ofEpochSecond(5));
        assertThat(CreatedTime.of(null, new Properties(), Map.of())).isEqualTo(Instant.EPOCH);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> CreatedTime.of("yesterday", pom, environment))
                .withMessageContaining("'yesterday' is not a date (<container><created>)");
    }

    @Test
    void layersThatTheFormatDoesNotHaveAreWarnedOf() {
        List<String> warnings = new ArrayList<>();
        goal.setLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence line) {
                warnings.add(line.toString());
            }
        });
        goal.compression = "zstd";
        read();
        assertThat(warnings).isEmpty();
        goal.format = "docker";
        read();
        assertThat(warnings).singleElement().asString().contains("format docker with compression zstd");
    }

    @Test
    void classesAreFilesOrAJar() {
        assertThat(read().classes()).isEqualTo(OwnClasses.AUTO);
        goal.classes = "files";
        assertThat(read().classes()).isEqualTo(OwnClasses.FILES);
        goal.classes = "jar";
        assertThat(read().classes()).isEqualTo(OwnClasses.JAR);
        goal.classes = "packaged";
        assertThat(read().classes()).isEqualTo(OwnClasses.PACKAGED);
        goal.classes = "jars";
        refused("there is no form of classes 'jars' (<classes>)", "did you mean 'jar'?");
    }
}

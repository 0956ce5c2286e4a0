// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import io.jlayer.project.FilePatterns;
import io.jlayer.project.WebApplication;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    /** A project that was packaged, by a packaging that gives files with an extension. */
    private ProjectReader reader(String packaging, String extension, boolean holdsApplication) throws IOException {
        return reader(project(packaging, extension), holdsApplication);
    }

    private ProjectReader reader(MavenProject project, boolean holdsApplication) {
        return new ProjectReader(
                project, null, new MojoExecution(new Plugin(), "build", "default"), holdsApplication, warnings::add);
    }

    private MavenProject project(String packaging, String extension) throws IOException {
        Model model = new Model();
        model.setGroupId("a");
        model.setArtifactId("shop");
        model.setVersion("1");
        model.setPackaging(packaging);
        model.setBuild(new Build());
        model.getBuild().setFinalName("shop-1");
        model.getBuild().setDirectory(directory.resolve("target").toString());
        model.getBuild().setOutputDirectory(directory.resolve("target/classes").toString());
        MavenProject project = new MavenProject(model);
        project.setFile(new File(directory.toFile(), "pom.xml"));
        DefaultArtifactHandler handler = new DefaultArtifactHandler(packaging);
        handler.setExtension(extension);
        DefaultArtifact artifact = new DefaultArtifact("a", "shop", "1", "compile", packaging, "", handler);
        Path packaged = directory.resolve("target/shop-1." + extension);
        Files.createDirectories(packaged.getParent());
        Files.writeString(packaged, "");
        artifact.setFile(packaged.toFile());
        project.setArtifact(artifact);
        return project;
    }

    @Test
    void packagingsOfPluginsThatGiveJarsAreApplications() throws IOException {
        assertThat(reader("bundle", "jar", true).read(directory).name()).isEqualTo("shop");
    }

    @Test
    void othersAreRefusedWithAWayRound() throws IOException {
        ProjectReader ear = reader("ear", "ear", true);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> ear.read(directory))
                .withMessageContaining("a project with packaging 'ear' is no application that java starts")
                .withMessageContaining("<packaging> of shop")
                .withMessageContaining("<layering>none</layering>");
    }

    @Test
    void whatHoldsNothingOfTheProjectMayBePackagedAsItLikes() throws IOException {
        assertThat(reader("ear", "ear", false).read(directory).name()).isEqualTo("shop");
        assertThat(reader("war", "war", false).read(directory).web()).isEmpty();
    }

    @Test
    @SuppressWarnings("deprecation") // the only session that can be made without a container
    void aPomThatOnlyPacksHasAnImageOfFilesIfItAsksForOne() throws IOException {
        MavenProject distribution = project("pom", "pom");
        distribution.setOriginalModel(distribution.getModel());
        MavenSession session =
                new MavenSession(null, null, new DefaultMavenExecutionRequest(), new DefaultMavenExecutionResult());
        session.setAllProjects(List.of(distribution));
        assertThat(isPassedOver(distribution, session, false)).isTrue();

        distribution.getBuild().addPlugin(new Plugin());
        assertThat(isPassedOver(distribution, session, false)).isFalse();
        assertThat(isPassedOver(distribution, session, true)).isTrue();

        MavenProject child = project("jar", "jar");
        child.setParent(distribution);
        session.setAllProjects(List.of(distribution, child));
        assertThat(isPassedOver(distribution, session, false)).isTrue();
        session.setAllProjects(List.of(distribution));
        distribution.getModel().addModule("child");
        assertThat(isPassedOver(distribution, session, false)).isTrue();
    }

    private boolean isPassedOver(MavenProject project, MavenSession session, boolean holdsApplication)
            throws IOException {
        MojoExecution execution = new MojoExecution(new Plugin(), "build", "default");
        return new ProjectReader(project, session, execution, holdsApplication, warnings::add).hasNoImage();
    }

    @Test
    void aWarIsAWebApplication() throws IOException {
        WebApplication web = reader("war", "war", true).read(directory).web().orElseThrow();
        assertThat(web.archive()).isEqualTo(directory.resolve("target/shop-1.war"));
        assertThat(web.exploded()).isEqualTo(directory.resolve("target/shop-1"));
    }

    @Test
    void theWarPluginSaysWhereItPacksFrom() throws Exception {
        MavenProject project = project("war", "war");
        Plugin plugin = new Plugin();
        plugin.setArtifactId("maven-war-plugin");
        plugin.setConfiguration(Xpp3DomBuilder.build(
                new StringReader("<configuration><webappDirectory>target/web</webappDirectory></configuration>")));
        project.getBuild().addPlugin(plugin);
        assertThat(WarConfiguration.of(project).orElseThrow().exploded()).isEqualTo(directory.resolve("target/web"));
        Files.delete(directory.resolve("target/shop-1.war"));
        assertThat(WarConfiguration.of(project)).isEmpty();
    }

    private MavenProject projectWithJarPlugin(String... executions) throws Exception {
        MavenProject project = project("jar", "jar");
        Plugin plugin = new Plugin();
        plugin.setArtifactId("maven-jar-plugin");
        for (String configuration : executions) {
            PluginExecution execution = new PluginExecution();
            execution.setId("execution-" + plugin.getExecutions().size());
            execution.addGoal("jar");
            execution.setConfiguration(
                    Xpp3DomBuilder.build(new StringReader("<configuration>" + configuration + "</configuration>")));
            plugin.addExecution(execution);
        }
        project.getBuild().addPlugin(plugin);
        return project;
    }

    @Test
    void theJarPluginSaysWhatIsInTheMainJar() throws Exception {
        MavenProject project = projectWithJarPlugin(
                "<classifier>client</classifier><includes><include>client/**</include></includes>",
                "<excludes><exclude>**/*.key</exclude><exclude> dev/ </exclude></excludes>");
        assertThat(reader(project, true).read(directory).packaged())
                .isEqualTo(new FilePatterns(List.of(), List.of("**/*.key", "dev/")));
        assertThat(reader(projectWithJarPlugin("<includes>a/**, b/**</includes>"), true)
                        .read(directory)
                        .packaged())
                .isEqualTo(new FilePatterns(List.of("a/**", "b/**"), List.of()));
        assertThat(reader("jar", "jar", true).read(directory).packaged()).isEqualTo(FilePatterns.ALL);
    }

    @Test
    void theJarPluginSaysWhereTheJarIs() throws Exception {
        MavenProject project = projectWithJarPlugin("<outputDirectory>dist</outputDirectory>");
        project.getArtifact().setFile(null);
        Files.delete(directory.resolve("target/shop-1.jar"));
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> reader(project, true).read(directory))
                .withMessageContaining("there is no jar in " + directory.resolve("dist"));
        Path jar = Files.createDirectories(directory.resolve("dist")).resolve("shop-1.jar");
        Files.writeString(jar, "");
        assertThat(reader(project, true).read(directory).jar()).contains(jar);
    }

    @Test
    void aPomThatAnotherPluginPutInItsPlaceMovesNoProject() throws IOException {
        MavenProject project = project("jar", "jar");
        project.getModel().setPomFile(new File(directory.toFile(), "pom.xml"));
        project.setFile(new File(directory.toFile(), "target/dependency-reduced-pom.xml"));
        assertThat(project.getBasedir()).isEqualTo(new File(directory.toFile(), "target"));
        assertThat(reader(project, true).read(directory).filesForRoot())
                .isEqualTo(directory.resolve("src/main/jlayer"));
    }

    @Test
    void whatQuarkusPackagedIsAnApplicationWhateverItsPackaging() throws IOException {
        Path start = directory.resolve("target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(start.getParent());
        Files.writeString(start, "");
        Files.writeString(directory.resolve("target/quarkus-artifact.properties"), "path=quarkus-app/quarkus-run.jar");
        MavenProject project = quarkusProject("quarkus");
        assertThat(reader(project, true).read(directory).runner().orElseThrow().start())
                .isEqualTo(start);
        assertThat(reader(project, false).read(directory).runner()).isEmpty();
    }

    private MavenProject quarkusProject(String packaging) throws IOException {
        MavenProject project = project(packaging, packaging);
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.quarkus");
        plugin.setArtifactId("quarkus-maven-plugin");
        project.getBuild().addPlugin(plugin);
        return project;
    }

    @Test
    void whatQuarkusDidNotPackageCannotBeStarted() throws IOException {
        MavenProject project = quarkusProject("jar");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> reader(project, true).read(directory))
                .withMessageContaining("quarkus-maven-plugin has packaged none that can be started")
                .withMessageContaining("mvn package jlayer:build");
        assertThat(reader(project, false).read(directory).name()).isEqualTo("shop");
    }

    @Test
    void classesThatQuarkusDidNotSeeAreWarnedOf() throws IOException {
        MavenProject project = quarkusProject("jar");
        Path start = directory.resolve("target/quarkus-app/quarkus-run.jar");
        Path classes = Files.createDirectories(directory.resolve("target/classes/a"));
        Files.createDirectories(start.getParent());
        Files.writeString(start, "");
        Path record = directory.resolve("target/quarkus-artifact.properties");
        Files.writeString(record, "path=quarkus-app/quarkus-run.jar");
        Path seen = Files.writeString(classes.resolve("A.class"), "");
        Files.setLastModifiedTime(record, Files.getLastModifiedTime(seen));
        reader(project, true).read(directory);
        assertThat(warnings).isEmpty();
        Files.setLastModifiedTime(record, FileTime.fromMillis(1_000_000_000_000L));
        reader(project, true).read(directory);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("what Quarkus packaged is older than the classes", "mvn package jlayer:build");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.build.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {

    @TempDir
    Path directory;

    /** A project that was packaged, by a packaging that gives files with an extension. */
    private ProjectReader reader(String packaging, String extension, boolean holdsApplication) throws IOException {
        Model model = new Model();
        model.setGroupId("a");
        model.setArtifactId("shop");
        model.setVersion("1");
        model.setPackaging(packaging);
        model.setBuild(new Build());
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
        return new ProjectReader(
                project, null, new MojoExecution(new Plugin(), "build", "default"), holdsApplication, warning -> {});
    }

    @Test
    void packagingsOfPluginsThatGiveJarsAreApplications() throws IOException {
        assertThat(reader("bundle", "jar", true).read(directory).name()).isEqualTo("shop");
    }

    @Test
    void othersAreRefusedWithAWayRound() throws IOException {
        ProjectReader war = reader("war", "war", true);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> war.read(directory))
                .withMessageContaining("a project with packaging 'war' is no application that java starts")
                .withMessageContaining("<packaging> of shop")
                .withMessageContaining("<layering>none</layering>");
    }

    @Test
    void whatHoldsNothingOfTheProjectMayBePackagedAsItLikes() throws IOException {
        assertThat(reader("war", "war", false).read(directory).name()).isEqualTo("shop");
    }
}

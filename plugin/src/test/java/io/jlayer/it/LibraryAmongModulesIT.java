// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library whose parent says for all modules which class is started. */
class LibraryAmongModulesIT {

    private static final String BUILD = MavenRun.goal("build");
    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              %s
              <packaging>%s</packaging>
              %s
            </project>
            """;
    private static final String MODULE = "<parent><groupId>it.jlayer</groupId><artifactId>root</artifactId>"
            + "<version>1</version></parent><artifactId>%s</artifactId>";
    private static final String PROPERTIES = "<properties><exec.mainClass>it.%s</exec.mainClass>"
            + "<maven.compiler.release>17</maven.compiler.release></properties>";

    @TempDir
    Path directory;

    private Path project;

    @BeforeEach
    void modules() throws IOException {
        project = directory.resolve("project");
        String root = "<groupId>it.jlayer</groupId><artifactId>root</artifactId><version>1</version>";
        String modules = "<modules><module>texts</module><module>app</module></modules>";
        String build = "<build><pluginManagement><plugins><plugin><artifactId>maven-compiler-plugin</artifactId>"
                + "<version>3.14.1</version></plugin></plugins></pluginManagement></build>";
        write("pom.xml", POM.formatted(root, "pom", PROPERTIES.formatted("App") + modules + build));
        write("texts/pom.xml", POM.formatted(MODULE.formatted("texts"), "jar", ""));
        write("texts/src/main/resources/a.txt", "a");
        write("app/pom.xml", POM.formatted(MODULE.formatted("app"), "jar", ""));
        write("app/src/main/java/it/App.java", "package it; class App { public static void main(String[] args) {} }");
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String build() throws Exception {
        return new MavenRun(project, directory.resolve("store")).run("package", BUILD, "-Djlayer.from=scratch");
    }

    @Test
    void itIsPassedOverWithALineThatSaysWhy() throws Exception {
        assertThat(build())
                .contains(
                        "No image: the main class it.App, which a parent's POM names, is not on the class path of texts")
                .doesNotContain("WARNING] the main class");
        assertThat(project.resolve("texts/target/jlayer")).doesNotExist();
        assertThat(project.resolve("app/target/jlayer/image/index.json")).exists();
    }

    @Test
    void itsOwnPomsMistakeIsStillWarnedOf() throws Exception {
        write("texts/pom.xml", POM.formatted(MODULE.formatted("texts"), "jar", PROPERTIES.formatted("Ap")));
        assertThat(build()).contains("the main class it.Ap is not on the class path");
        assertThat(project.resolve("texts/target/jlayer/image/index.json")).exists();
    }
}

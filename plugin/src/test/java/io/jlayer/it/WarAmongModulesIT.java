// SPDX-License-Identifier: Apache-2.0
package io.jlayer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A war that needs a server and has none, in a project of several modules. */
class WarAmongModulesIT {

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
    private static final String PARENT = "<parent><groupId>it.jlayer</groupId><artifactId>root</artifactId>"
            + "<version>1</version></parent><artifactId>%s</artifactId>";

    @TempDir
    Path directory;

    private Path project;

    @BeforeEach
    void modules() throws IOException {
        project = directory.resolve("project");
        String root = "<groupId>it.jlayer</groupId><artifactId>root</artifactId><version>1</version>";
        String build = "<modules><module>web</module><module>texts</module></modules><build><pluginManagement><plugins>"
                + "<plugin><artifactId>maven-war-plugin</artifactId><version>3.4.0</version></plugin>"
                + "</plugins></pluginManagement></build>";
        write("pom.xml", POM.formatted(root, "pom", build));
        write("web/pom.xml", POM.formatted(PARENT.formatted("web"), "war", ""));
        write("web/src/main/webapp/WEB-INF/web.xml", "<web-app/>");
        write("texts/pom.xml", POM.formatted(PARENT.formatted("texts"), "jar", ""));
        write("texts/src/main/resources/a.txt", "a");
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private MavenRun maven() {
        return new MavenRun(project, directory.resolve("store"));
    }

    @Test
    void itIsPassedOverWithALineThatSaysWhatToSet() throws Exception {
        assertThat(maven().run("package", BUILD, "-Djlayer.from=scratch"))
                .contains("No image: this war needs a server", "<container><appRoot>, in the POM of web")
                .contains("BUILD SUCCESS");
        assertThat(project.resolve("web/target/jlayer")).doesNotExist();
    }

    @Test
    void itIsAnErrorWhereItIsMeant() throws Exception {
        assertThat(maven().fail("package", BUILD, "-Djlayer.from=scratch", "-pl", "web"))
                .contains("the base does not tell where its server looks for web applications");
        String plugin = MavenRun.goal("")
                .replaceAll(
                        "(.*):(.*):(.*):",
                        "<groupId>$1</groupId><artifactId>$2</artifactId>" + "<version>$3</version>");
        write(
                "web/pom.xml",
                POM.formatted(
                        PARENT.formatted("web"),
                        "war",
                        "<build><plugins><plugin>" + plugin + "</plugin></plugins></build>"));
        assertThat(maven().fail("package", BUILD, "-Djlayer.from=scratch"))
                .contains("the base does not tell where its server looks for web applications");
    }

    @Test
    void whatIsBoundForAllModulesPassesOverThoseThatHaveNone() throws Exception {
        String bound = MavenRun.goal("")
                .replaceAll(
                        "(.*):(.*):(.*):",
                        "<plugin><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version><executions><execution>"
                                + "<goals><goal>build</goal></goals></execution></executions></plugin>");
        Path root = project.resolve("pom.xml");
        Files.writeString(root, Files.readString(root).replace("</build>", "<plugins>" + bound + "</plugins></build>"));

        assertThat(maven().run("package", "-Djlayer.from=scratch"))
                .contains("No image: this war needs a server", "No image: there is no main class")
                .contains("BUILD SUCCESS");
        assertThat(maven().run("package", "-Djlayer.from=scratch", "-pl", "texts"))
                .contains("No image: there is no main class");

        String named = bound.replaceAll("<executions>.*</executions>", "");
        write(
                "texts/pom.xml",
                POM.formatted(PARENT.formatted("texts"), "jar", "<build><plugins>" + named + "</plugins></build>"));
        assertThat(maven().fail("package", "-Djlayer.from=scratch")).contains("has a main method (project texts)");
    }
}

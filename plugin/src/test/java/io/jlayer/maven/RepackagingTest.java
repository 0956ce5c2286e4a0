// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class RepackagingTest {

    private static final Artifact PLAIN = artifact("a:plain:compile");
    private static final Artifact OTHER = artifact("a.b:other:runtime");
    private static final Artifact SYSTEM = artifact("a:system:system");
    private static final Artifact OPTIONAL = artifact("a:optional:compile");

    static {
        OPTIONAL.setOptional(true);
    }

    private final Properties commandLine = new Properties();
    private String goal = "repackage";

    private static Artifact artifact(String text) {
        String[] parts = text.split(":", -1);
        return new DefaultArtifact(
                parts[0], parts[1], "1", parts[2], "jar", "linux", new DefaultArtifactHandler("jar"));
    }

    private MavenProject project(String version, String... configurations) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setGroupId("org.springframework.boot");
        plugin.setArtifactId("spring-boot-maven-plugin");
        plugin.setVersion(version);
        for (String configuration : configurations) {
            PluginExecution execution = new PluginExecution();
            execution.setId("number-" + plugin.getExecutions().size());
            execution.addGoal(goal);
            execution.setConfiguration(
                    Xpp3DomBuilder.build(new StringReader("<configuration>" + configuration + "</configuration>")));
            plugin.addExecution(execution);
        }
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        return new MavenProject(model);
    }

    private List<Artifact> held(String version, String... configurations) throws Exception {
        Repackaging repackaging =
                Repackaging.of(project(version, configurations), commandLine).orElseThrow();
        return List.of(PLAIN, OTHER, SYSTEM, OPTIONAL).stream()
                .filter(repackaging::holds)
                .toList();
    }

    @Test
    void systemScopeIsLeftOutUnlessAskedFor() throws Exception {
        assertThat(held("3.5.7", "")).containsExactly(PLAIN, OTHER, OPTIONAL);
        assertThat(held("3.5.7", "<includeSystemScope>true</includeSystemScope>"))
                .containsExactly(PLAIN, OTHER, SYSTEM, OPTIONAL);
    }

    @Test
    void fromVersionFourOnOptionalIsLeftOutUnlessAskedFor() throws Exception {
        assertThat(held("4.0.1", "")).containsExactly(PLAIN, OTHER);
        assertThat(held("4.0.1", "<includeOptional>true</includeOptional>")).containsExactly(PLAIN, OTHER, OPTIONAL);
        assertThat(held("3.5.7", "<includeOptional>false</includeOptional>")).containsExactly(PLAIN, OTHER);
    }

    @Test
    void whatIsExcludedIsLeftOut() throws Exception {
        assertThat(held("3.5.7", exclude("<groupId>a</groupId><artifactId>plain</artifactId>")))
                .containsExactly(OTHER, OPTIONAL);
        String classified = "<groupId>a</groupId><artifactId>plain</artifactId><classifier>%s</classifier>";
        assertThat(held("3.5.7", exclude(classified.formatted("linux")))).containsExactly(OTHER, OPTIONAL);
        assertThat(held("3.5.7", exclude(classified.formatted("mac")))).containsExactly(PLAIN, OTHER, OPTIONAL);
        assertThat(held("3.5.7", "<excludeGroupIds> a , c</excludeGroupIds>")).containsExactly(OTHER);
    }

    @Test
    void ofSeveralArchivesTheOneWithoutClassifierDecides() throws Exception {
        String lite = "<classifier>lite</classifier>" + exclude("<groupId>a</groupId><artifactId>plain</artifactId>");
        assertThat(held("3.5.7", lite, "")).containsExactly(PLAIN, OTHER, OPTIONAL);
        assertThat(held("3.5.7", "", lite)).containsExactly(PLAIN, OTHER, OPTIONAL);
        assertThat(held("3.5.7", lite)).containsExactly(OTHER, OPTIONAL);
        assertThat(held("3.5.7", lite, "<classifier>whole</classifier>")).containsExactly(PLAIN, OTHER, OPTIONAL);
    }

    private static String exclude(String coordinates) {
        return "<excludes><exclude>" + coordinates + "</exclude></excludes>";
    }

    @Test
    void onlyWhatIsIncludedIsThere() throws Exception {
        assertThat(held(
                        "3.5.7",
                        "<includes><include><groupId>a.b</groupId><artifactId>other</artifactId></include></includes>"))
                .containsExactly(OTHER);
    }

    @Test
    void theCommandLineExcludesToo() throws Exception {
        commandLine.setProperty("spring-boot.excludes", "a:plain,a:optional");
        assertThat(held("3.5.7", "")).containsExactly(OTHER);
        commandLine.setProperty("spring-boot.excludeGroupIds", "a.b");
        assertThat(held("3.5.7", "")).isEmpty();
    }

    @Test
    void whereNothingIsRepackagedNothingIsLeftOut() throws Exception {
        assertThat(Repackaging.of(new MavenProject(new Model()), commandLine)).isEmpty();
        assertThat(Repackaging.of(project("3.5.7", "<skip>true</skip>"), commandLine))
                .isEmpty();
        goal = "build-info";
        assertThat(Repackaging.of(project("3.5.7", ""), commandLine)).isEmpty();
    }
}

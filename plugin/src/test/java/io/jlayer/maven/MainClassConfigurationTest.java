// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class MainClassConfigurationTest {

    private final Model model = new Model();

    private static Xpp3Dom dom(String xml) throws Exception {
        return Xpp3DomBuilder.build(new StringReader("<configuration>" + xml + "</configuration>"));
    }

    private Plugin plugin(String groupId, String artifactId) {
        Plugin plugin = new Plugin();
        plugin.setGroupId(groupId);
        plugin.setArtifactId(artifactId);
        if (model.getBuild() == null) {
            model.setBuild(new Build());
        }
        model.getBuild().addPlugin(plugin);
        return plugin;
    }

    private static void execution(Plugin plugin, String xml) throws Exception {
        PluginExecution execution = new PluginExecution();
        execution.setId("execution-" + plugin.getExecutions().size());
        execution.setConfiguration(dom(xml));
        plugin.addExecution(execution);
    }

    private String found() {
        return MainClassConfiguration.of(new MavenProject(model)).orElse("none");
    }

    @Test
    void theShadePluginsManifestNamesIt() throws Exception {
        execution(
                plugin("org.apache.maven.plugins", "maven-shade-plugin"),
                "<transformers><transformer implementation='Services'/><transformer implementation='Manifest'>"
                        + "<mainClass>a.Main</mainClass></transformer></transformers>");
        assertThat(found()).isEqualTo("a.Main");
    }

    @Test
    void theAssemblyPluginsManifestNamesIt() throws Exception {
        plugin("org.apache.maven.plugins", "maven-assembly-plugin")
                .setConfiguration(dom("<archive><manifest><mainClass>a.Main</mainClass></manifest></archive>"));
        assertThat(found()).isEqualTo("a.Main");
    }

    @Test
    void theJarPluginComesFirst() throws Exception {
        plugin("org.apache.maven.plugins", "maven-assembly-plugin")
                .setConfiguration(dom("<archive><manifest><mainClass>a.Other</mainClass></manifest></archive>"));
        plugin("org.apache.maven.plugins", "maven-jar-plugin")
                .setConfiguration(dom("<archive><manifest><mainClass>a.Main</mainClass></manifest></archive>"));
        assertThat(found()).isEqualTo("a.Main");
    }

    @Test
    void aToolThatIsExecutedInTheBuildIsNotTheApplication() throws Exception {
        Plugin exec = plugin("org.codehaus.mojo", "exec-maven-plugin");
        execution(exec, "<mainClass>a.Generator</mainClass>");
        exec.getExecutions().get(0).setPhase("generate-sources");
        assertThat(found()).isEqualTo("none");
        exec.setConfiguration(dom("<mainClass>a.Main</mainClass>"));
        assertThat(found()).isEqualTo("a.Main");
    }

    @Test
    void whatIsExecutedWhenAskedForOnlyIsTheApplication() throws Exception {
        Plugin exec = plugin("org.codehaus.mojo", "exec-maven-plugin");
        execution(exec, "<mainClass>a.Main</mainClass>");
        assertThat(found()).isEqualTo("a.Main");
    }

    @Test
    void propertiesNameItWhereNoPluginDoes() {
        model.addProperty("exec.mainClass", "a.Main");
        assertThat(found()).isEqualTo("a.Main");
        model.addProperty("start-class", "a.Boot");
        assertThat(found()).isEqualTo("a.Boot");
    }

    @Test
    void anEntryOfTheManifestNamesItToo() throws Exception {
        plugin("org.apache.maven.plugins", "maven-jar-plugin")
                .setConfiguration(
                        dom("<archive><manifestEntries><Main-Class>a.Main</Main-Class></manifestEntries></archive>"));
        assertThat(found()).isEqualTo("a.Main");
    }

    @Test
    void soDoesOneOfTheShadePluginsTransformers() throws Exception {
        execution(
                plugin("org.apache.maven.plugins", "maven-shade-plugin"),
                "<transformers><transformer><manifestEntries><Main-Class>a.Main</Main-Class></manifestEntries>"
                        + "</transformer></transformers>");
        assertThat(found()).isEqualTo("a.Main");
    }

    @Test
    void soDoBundlesOfOsgi() throws Exception {
        plugin("org.apache.felix", "maven-bundle-plugin")
                .setConfiguration(dom("<instructions><Main-Class>a.Main</Main-Class></instructions>"));
        assertThat(found()).isEqualTo("a.Main");
    }

    @Test
    void aPropertyThatIsNotSetHidesNoOtherPlace() throws Exception {
        plugin("org.apache.maven.plugins", "maven-jar-plugin")
                .setConfiguration(dom("<archive><manifest><mainClass>${start-class}</mainClass></manifest></archive>"));
        execution(
                plugin("org.apache.maven.plugins", "maven-shade-plugin"),
                "<transformers><transformer><mainClass>a.Main</mainClass></transformer></transformers>");
        assertThat(found()).isEqualTo("a.Main");
    }

    private static String manifest(String mainClass) {
        return "<archive><manifest><mainClass>" + mainClass + "</mainClass></manifest></archive>";
    }

    @Test
    void jarsBesideTheMainOneDoNotCount() throws Exception {
        Plugin jar = plugin("org.apache.maven.plugins", "maven-jar-plugin");
        execution(jar, "<classifier>client</classifier>" + manifest("a.Client"));
        execution(jar, manifest("a.Tests"));
        jar.getExecutions().get(1).addGoal("test-jar");
        execution(jar, manifest("a.Off"));
        jar.getExecutions().get(2).setPhase("none");
        assertThat(found()).isEqualTo("none");
        jar.setConfiguration(dom(manifest("a.Main")));
        assertThat(found()).isEqualTo("a.Main");
        execution(jar, manifest("a.OfTheExecution"));
        jar.getExecutions().get(3).addGoal("jar");
        assertThat(found()).isEqualTo("a.OfTheExecution");
    }
}

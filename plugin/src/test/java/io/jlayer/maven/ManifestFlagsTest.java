// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class ManifestFlagsTest {

    private final Model model = new Model();

    ManifestFlagsTest() {
        model.setBuild(new Build());
    }

    private void configure(String artifactId, String xml) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setArtifactId(artifactId);
        PluginExecution execution = new PluginExecution();
        execution.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration>" + xml + "</configuration>")));
        plugin.addExecution(execution);
        model.getBuild().addPlugin(plugin);
    }

    @Test
    void whatJavaHeedsInAManifestIsAFlag() throws Exception {
        configure(
                "maven-jar-plugin",
                "<archive><manifestEntries><Add-Opens>java.base/java.lang\n  java.base/java.nio</Add-Opens>"
                        + "<Add-Exports>java.base/sun.nio.ch</Add-Exports>"
                        + "<Enable-Native-Access>ALL-UNNAMED</Enable-Native-Access>"
                        + "<Build-Number>7</Build-Number></manifestEntries></archive>");
        assertThat(ManifestFlags.of(new MavenProject(model)))
                .containsExactly(
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void theShadePluginsTransformersCountAndNothingCountsTwice() throws Exception {
        String entries = "<manifestEntries><Add-Opens>java.base/java.lang</Add-Opens></manifestEntries>";
        configure("maven-jar-plugin", "<archive>" + entries + "</archive>");
        configure(
                "maven-shade-plugin",
                "<transformers><transformer/><transformer>" + entries + "</transformer></transformers>");
        assertThat(ManifestFlags.of(new MavenProject(model)))
                .containsExactly("--add-opens=java.base/java.lang=ALL-UNNAMED");
    }

    @Test
    void mostProjectsHaveNone() {
        assertThat(ManifestFlags.of(new MavenProject(model))).isEmpty();
    }

    @Test
    void jarsBesideTheMainOneDoNotCount() throws Exception {
        configure(
                "maven-jar-plugin",
                "<classifier>client</classifier><archive><manifestEntries><Add-Opens>java.base/java.lang</Add-Opens>"
                        + "</manifestEntries></archive>");
        assertThat(ManifestFlags.of(new MavenProject(model))).isEmpty();
    }
}

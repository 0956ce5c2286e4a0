// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class ManifestEntriesTest {

    private final Model model = new Model();

    private void configure(String artifactId, String place, String entries) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setArtifactId(artifactId);
        plugin.setConfiguration(Xpp3DomBuilder.build(
                new StringReader(place.formatted("<manifestEntries>" + entries + "</manifestEntries>")
                        .strip())));
        model.setBuild(model.getBuild() == null ? new Build() : model.getBuild());
        model.getBuild().addPlugin(plugin);
    }

    @Test
    void whatProgramsReadIsToldFromWhatTheJvmReads() throws Exception {
        configure(
                "maven-shade-plugin",
                "<configuration><transformers><transformer>%s</transformer></transformers></configuration>",
                "<Main-Class>io.vertx.core.Launcher</Main-Class><Main-Verticle> a.Verticle </Main-Verticle>"
                        + "<Multi-Release>true</Multi-Release><Add-Opens>java.base/java.lang</Add-Opens>"
                        + "<Open>${not.set}</Open>");
        configure(
                "maven-jar-plugin",
                "<configuration><archive>%s</archive></configuration>",
                "<Implementation-Build>7</Implementation-Build><Launcher-Agent-Class>a.Agent</Launcher-Agent-Class>");
        assertThat(ManifestEntries.forPrograms(new MavenProject(model)))
                .isEqualTo(Map.of("Main-Verticle", "a.Verticle", "Launcher-Agent-Class", "a.Agent"));
    }

    @Test
    void mostProjectsHaveNone() {
        assertThat(ManifestEntries.forPrograms(new MavenProject(model))).isEmpty();
    }
}

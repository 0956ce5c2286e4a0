// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class ModulesTest {

    private static MavenProject project(String groupId) {
        Model model = new Model();
        model.setGroupId(groupId);
        model.setArtifactId("app");
        model.setVersion("4.0.1");
        MavenProject project = new MavenProject(model);
        project.setArtifact(artifact(groupId, "4.0.1"));
        return project;
    }

    /** Below a parent that lies beside it. */
    private static MavenProject project(String groupId, MavenProject parent) {
        MavenProject project = project(groupId);
        project.setParent(parent);
        project.setParentFile(new File("../pom.xml"));
        return project;
    }

    private static Artifact artifact(String groupId, String version) {
        return new DefaultArtifact(groupId, "part", version, "compile", "jar", "", new DefaultArtifactHandler("jar"));
    }

    private static boolean isModule(MavenProject project, String groupId) {
        return new Modules(project).contain(artifact(groupId, "4.0.1"));
    }

    @Test
    void modulesHaveTheGroupIdOrOneBelow() {
        MavenProject shop = project("com.example.shop");
        assertThat(isModule(shop, "com.example.shop")).isTrue();
        assertThat(isModule(shop, "com.example.shop.api")).isTrue();
        assertThat(isModule(shop, "com.example.shopping")).isFalse();
        assertThat(isModule(shop, "com.example")).isFalse();
    }

    @Test
    void anotherVersionIsReleasedApart() {
        Modules modules = new Modules(project("com.example.shop"));
        assertThat(modules.contain(artifact("com.example.shop", "4.0.2"))).isFalse();
    }

    @Test
    void parentsBesideTheProjectSayWhatItsGroupIs() {
        MavenProject below = project("com.example.shop.web", project("com.example.shop"));
        assertThat(isModule(below, "com.example.shop.api")).isTrue();
        MavenProject beside = project("com.example.web", project("com.example.parent"));
        assertThat(isModule(beside, "com.example.api")).isTrue();
        assertThat(isModule(beside, "com.other")).isFalse();
        MavenProject deep =
                project("com.example.shop.web.main", project("com.example.shop.web", project("com.example.shop")));
        assertThat(isModule(deep, "com.example.shop.api")).isTrue();
    }

    @Test
    void aFrameworkOfTheSameVersionIsNoModule() {
        MavenProject parent = project("org.springframework.samples");
        parent.setParent(project("org.springframework.boot")); // out of a repository
        MavenProject sample = project("org.springframework.samples", parent);
        assertThat(isModule(sample, "org.springframework.samples")).isTrue();
        assertThat(isModule(sample, "org.springframework.boot")).isFalse();
    }

    @Test
    void groupsThatShareTheirFirstPartAloneShareNothing() {
        MavenProject app = project("com.example", project("com.company"));
        assertThat(isModule(app, "com.example")).isTrue();
        assertThat(isModule(app, "com.company")).isFalse();
        assertThat(isModule(project("shop", project("shop")), "shop")).isTrue();
    }
}

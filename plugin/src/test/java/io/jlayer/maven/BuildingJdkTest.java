// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class BuildingJdkTest {

    private static final Path MAVENS = Path.of(System.getProperty("java.home"));

    private record Jdk(String home) implements Toolchain {

        @Override
        public String getType() {
            return "jdk";
        }

        @Override
        public String findTool(String name) {
            return home == null ? null : home + "/bin/" + name;
        }
    }

    private record OldJdk(String home) implements Toolchain {

        @Override
        public String getType() {
            return "jdk";
        }

        @Override
        public String findTool(String name) {
            return name.equals("jlink") ? null : home + "/bin/" + name;
        }
    }

    /** What a run chose, if anything, and the JDKs of the user's toolchains.xml by their version. */
    private record Toolchains(Toolchain chosen, Map<String, Toolchain> byVersion) implements ToolchainManager {

        @Override
        public Toolchain getToolchainFromBuildContext(String type, MavenSession session) {
            return chosen;
        }

        @Override
        public List<Toolchain> getToolchains(MavenSession session, String type, Map<String, String> wanted) {
            Toolchain fitting = byVersion.get(wanted.get("version"));
            return fitting == null ? List.of() : List.of(fitting);
        }
    }

    private static MavenProject project(String configuration) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setArtifactId("maven-toolchains-plugin");
        plugin.setConfiguration(Xpp3DomBuilder.build(new StringReader(configuration)));
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        return new MavenProject(model);
    }

    private static Path home(MavenProject project, ToolchainManager manager) {
        return BuildingJdk.home(project, null, () -> manager);
    }

    @Test
    void isMavensOwnWhereNoToolchainsAreUsed() {
        MavenProject project = new MavenProject(new Model());
        assertThat(home(project, null)).isEqualTo(MAVENS);
    }

    @Test
    void isTheOneThatTheRunChose() throws Exception {
        Toolchains toolchains = new Toolchains(new Jdk("/jdk/21"), Map.of());
        assertThat(home(project("<configuration/>"), toolchains)).isEqualTo(Path.of("/jdk/21"));
    }

    @Test
    void isTheOneThatWouldBeChosenWhereTheGoalRunsAlone() throws Exception {
        MavenProject project =
                project("<configuration><toolchains><jdk><version>25</version></jdk></toolchains></configuration>");
        assertThat(home(project, new Toolchains(null, Map.of("25", new Jdk("/jdk/25")))))
                .isEqualTo(Path.of("/jdk/25"));
        assertThat(home(project, new Toolchains(null, Map.of()))).isEqualTo(MAVENS);
    }

    @Test
    void isMavensOwnWhereTheToolchainHasNoJava() throws Exception {
        assertThat(home(project("<configuration/>"), new Toolchains(new Jdk(null), Map.of())))
                .isEqualTo(MAVENS);
    }

    @Test
    void isMavensOwnWhereTheToolchainCannotLink() throws Exception {
        Toolchain old = new OldJdk("/jdk/8");
        assertThat(home(project("<configuration/>"), new Toolchains(old, Map.of())))
                .isEqualTo(MAVENS);
    }
}

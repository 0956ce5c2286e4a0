// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.local.JdkApplication;
import io.jlayer.plan.ExtraLayer;
import io.jlayer.plan.ImagePlanner;
import io.jlayer.project.ClassFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeUseTest {

    @TempDir
    Path directory;

    private static JdkApplication of(SmallApplication small) throws IOException {
        Store store = small.store();
        ImagePlanner planner = new ImagePlanner(
                small.application(),
                small.settings(),
                store,
                FileDigests.open(store, small.project),
                small.warnings::add,
                small.hints::add);
        ClassFacts facts = ClassFacts.of(planner.classFiles(), true, store.records("classes"));
        return RuntimeUse.of(
                small.application(),
                true,
                planner.plan(facts),
                planner.classFiles().values());
    }

    @Test
    void classesAloneHaveNoDependencies() throws IOException {
        SmallApplication small = new SmallApplication(directory);
        small.write("src/main/jlayer/opt/notes.txt", "");
        assertThat(of(small).dependencies()).isFalse();
        assertThat(of(small).directories()).containsExactly(small.classes());
    }

    @Test
    void jarsInLayersAreDependencies() throws IOException {
        SmallApplication small = new SmallApplication(directory);
        Path plugins = small.write("plugins/h2.jar", "").getParent();
        small.extraLayers.add(new ExtraLayer(
                "plugins",
                List.of(ExtraLayer.FileSet.of(plugins, "/app/plugins", List.of(), List.of(), null, null, "0:0")),
                List.of()));
        assertThat(of(small).dependencies()).isTrue();
    }

    @Test
    void aJarAmongTheFilesForTheRootIsADependency() throws IOException {
        SmallApplication small = new SmallApplication(directory);
        small.write("src/main/jlayer/opt/agent.jar", "");
        assertThat(of(small).dependencies()).isTrue();
    }

    @Test
    void flagsComeFromManifestSettingsAndEnvironment() throws IOException {
        SmallApplication small = new SmallApplication(directory);
        small.manifestFlags = List.of("--add-opens=java.base/java.lang=ALL-UNNAMED");
        small.container = SmallApplication.withFlags(List.of("-Xmx1g"));
        assertThat(of(small).flags()).contains("--add-opens=java.base/java.lang=ALL-UNNAMED", "-Xmx1g");
        small.container = SmallApplication.containerOf(
                Optional.empty(),
                List.of(),
                new TreeMap<>(Map.of(
                        "JAVA_TOOL_OPTIONS",
                        " -javaagent:/a.jar  -Xms1m",
                        "JDK_JAVA_OPTIONS",
                        "--add-modules java.sql")));
        assertThat(of(small).flags()).containsSubsequence("-javaagent:/a.jar", "-Xms1m", "--add-modules", "java.sql");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeModulesTest {

    @TempDir
    Path directory;

    private WatchedJdk jdk;
    private Path classes;

    @BeforeEach
    void layOut() throws IOException {
        jdk = WatchedJdk.in(directory);
        classes = Files.createDirectories(directory.resolve("classes"));
    }

    @AfterEach
    void removeLinks() throws IOException {
        jdk.close();
    }

    private SortedSet<String> modules(boolean dependencies, String... fields) throws IOException {
        Path source = directory.resolve("A.java");
        Files.writeString(source, "class A { " + String.join("; ", fields) + "; }");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-d", classes.toString(), source.toString());
        assertThat(status).isZero();
        Store store = Store.open(directory.resolve("store"));
        List<Path> classPath = dependencies ? List.of(directory.resolve("a.jar")) : List.of();
        JdkApplication application = JdkApplication.of(List.of(classes), classPath, FileDigests.open(store, directory));
        return new RuntimeModules(Jdk.at(jdk.home()), store).of(application);
    }

    @Test
    void aSmallApplicationGetsWhatItNames() throws IOException {
        assertThat(modules(false, "java.sql.Connection connection"))
                .containsExactly("java.base", "java.sql", "jdk.crypto.ec", "jdk.zipfs");
    }

    @Test
    void whatIsLookedUpByNameComesWithWhatLooksItUp() throws IOException {
        assertThat(modules(false, "Object locale = java.util.Locale.GERMANY"))
                .containsExactly("java.base", "jdk.crypto.ec", "jdk.localedata", "jdk.zipfs");
    }

    @Test
    void anApplicationWithDependenciesGetsAllOfJavaSe() throws IOException {
        assertThat(modules(true, "java.util.List<String> names"))
                .contains("java.se", "jdk.unsupported", "jdk.localedata", "jdk.crypto.ec");
        assertThat(jdk.runs()).isEmpty();
    }

    private SortedSet<String> modulesFor(String... flags) throws IOException {
        JdkApplication application = new JdkApplication(List.of(classes), List.of(), false, List.of(flags));
        return new RuntimeModules(Jdk.at(jdk.home()), Store.open(directory.resolve("store"))).of(application);
    }

    @Test
    void anAgentIsADependency() throws IOException {
        assertThat(modulesFor("-Xmx1g", "-javaagent:/opt/agent.jar=x")).contains("java.instrument", "java.se");
        assertThat(modulesFor("-Xmx1g")).doesNotContain("java.instrument", "java.se");
    }

    @Test
    void whatFlagsAskForComesToo() throws IOException {
        assertThat(modulesFor("-agentlib:jdwp=transport=dt_socket,server=y"))
                .contains("jdk.jdwp.agent")
                .doesNotContain("java.se");
        assertThat(modulesFor("-Dcom.sun.management.jmxremote.port=9010")).contains("jdk.management.agent");
        assertThat(modulesFor("-XX:StartFlightRecording=duration=60s")).contains("jdk.jfr");
        assertThat(modulesFor("--add-modules", "java.sql,jdk.httpserver,not.there"))
                .contains("java.sql", "jdk.httpserver")
                .doesNotContain("not.there");
        assertThat(modulesFor("--add-modules=java.sql", "--add-opens=java.desktop/java.awt=ALL-UNNAMED"))
                .contains("java.sql", "java.desktop");
        assertThat(modulesFor("--add-exports", "jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED"))
                .contains("jdk.compiler");
    }

    @Test
    void whatItNamesBeyondJavaSeComesToo() throws IOException {
        assertThat(modules(true, "com.sun.source.util.Trees trees")).contains("java.se", "jdk.compiler");
        assertThat(jdk.runs()).containsExactly("jdeps");
    }

    @Test
    void equalClassesAreAskedForOnce() throws IOException {
        modules(false, "java.sql.Connection connection");
        modules(false, "java.sql.Connection connection");
        assertThat(jdk.runs()).containsExactly("jdeps");
        assertThat(modules(false, "java.util.logging.Logger log"))
                .contains("java.logging")
                .doesNotContain("java.sql");
        assertThat(jdk.runs()).containsExactly("jdeps", "jdeps");
    }

    @Test
    void whereJdepsGivesUpAllOfJavaSeStandsIn() throws IOException {
        jdk.script("jdeps", "echo 'Error: Module x not found'\nexit 1\n");
        assertThat(modules(false, "java.sql.Connection connection")).contains("java.se", "jdk.unsupported");
    }

    @Test
    void aBrokenClassIsNamed() throws IOException {
        Files.writeString(classes.resolve("B.class"), "no class");
        assertThatIOException()
                .isThrownBy(() -> modules(false, "int number"))
                .withMessageContaining("B.class")
                .withMessageContaining("not a class file");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.layer.LocalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarTypesTest {

    @TempDir
    Path directory;

    private LocalFile jar(String name, String type) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Name", name);
        if (!type.isEmpty()) {
            manifest.getMainAttributes().putValue("Spring-Boot-Jar-Type", type);
        }
        Path file = directory.resolve(name);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return local(file);
    }

    private LocalFile local(Path file) throws IOException {
        return new LocalFile(file, FileDigests.open(store(), directory));
    }

    private Store store() throws IOException {
        return Store.open(directory.resolve("store"));
    }

    @Test
    void jarsThatSayTheyAreNotForRunningAreFound() throws IOException {
        LocalFile processor = jar("processor.jar", "annotation-processor");
        LocalFile starter = jar("starter.jar", "dependencies-starter");
        List<LocalFile> jars = List.of(jar("lib.jar", ""), processor, jar("other.jar", "something-new"), starter);
        assertThat(new JarTypes(store()).notNeededAtRunTime(jars)).containsExactly(processor, starter);
        assertThat(new JarTypes(store()).notNeededAtRunTime(jars)).containsExactly(processor, starter);
    }

    @Test
    void whatIsNoJarIsLeftToTheJvm() throws IOException {
        LocalFile text = local(Files.writeString(directory.resolve("x.jar"), "no jar"));
        LocalFile empty = local(Files.writeString(directory.resolve("y.jar"), ""));
        assertThat(new JarTypes(store()).notNeededAtRunTime(List.of(text, empty)))
                .isEmpty();
    }

    @Test
    void developmentToolsAreKnownByName() {
        assertThat(JarTypes.isDevelopmentTool("org.springframework.boot", "spring-boot-devtools"))
                .isTrue();
        assertThat(JarTypes.isDevelopmentTool("com.acme", "spring-boot-devtools"))
                .isFalse();
    }
}

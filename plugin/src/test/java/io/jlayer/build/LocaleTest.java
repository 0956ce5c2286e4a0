// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.FileNames;
import io.jlayer.house.Jdks;
import io.jlayer.house.Programs;
import io.jlayer.project.StartedFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are not ASCII are the same in every locale; in that of bare containers Java itself knows none of them. */
class LocaleTest {

    private static final String NAMED = "/src/main/jlayer/na\u00efve/";
    private static final String WORD = "gr\u00fc\u00df' \"$x\" %s \\101 \ud83d\ude00\n";

    @TempDir
    Path directory;

    private SmallApplication application;

    /** Two names of equal length with different content are among them, and a jar, whose inside is looked at too. */
    @BeforeEach
    void makeProject() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "layers are unpacked on Linux only");
        application = new SmallApplication(directory);
        Path named = Files.createDirectories(FileNames.resolve(application.project, NAMED.substring(1)));
        Files.writeString(FileNames.resolve(named, "\u00f6.txt"), "one");
        Files.writeString(FileNames.resolve(named, "\u00fc.txt"), "two");
        Files.createSymbolicLink(FileNames.resolve(named, "\u2192"), FileNames.of("../na\u00efve//\u00fc.txt"));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(FileNames.resolve(named, "gr\u00f6\u00dfe.jar")))) {
            jar.putNextEntry(new JarEntry("\u00fc"));
            jar.write(StartedFixture.class.getName().repeat(5000).getBytes(UTF_8));
        }
        Files.writeString(FileNames.resolve(application.classes(), "\u0151.properties"), "a=b");
    }

    private List<String> runIn(String locale, Path java, String place) throws Exception {
        Path layers = directory.resolve(place + "-layers");
        String word = HexFormat.of().formatHex(WORD.getBytes(UTF_8));
        List<String> said = new ArrayList<>(Programs.runJavaIn(
                        locale,
                        java,
                        LocaleProcess.class,
                        application.project.toString(),
                        directory.resolve(place + "-store").toString(),
                        layers.toString(),
                        word)
                .lines()
                .toList());
        String[] list = {
            "find", ".", "-path", "*/fs/*", "-printf", "%p %l ", "(", "-type", "f", "-exec", "md5sum", "{}", ";", "-o",
            "-printf", "\\n", ")"
        };
        said.addAll(Programs.run(layers, list).lines().sorted().toList());
        return said;
    }

    @Test
    void imagesAndUnpackedLayersAreTheSame() throws Exception {
        List<String> expected = runIn("C.UTF-8", Jdks.own(), "utf8");
        assertThat(expected)
                .anyMatch(line -> line.contains("fs/na\u00efve/\u00f6.txt"))
                .anyMatch(line -> line.endsWith("fs/na\u00efve/\u2192 ../na\u00efve/\u00fc.txt "))
                .anyMatch(line -> line.contains("fs/app/classes/\u0151.properties"))
                .contains("printed " + HexFormat.of().formatHex(("a b|" + WORD + "|$HOME|").getBytes(UTF_8)));
        List<Path> javas = new ArrayList<>(List.of(Jdks.own()));
        javas.addAll(Jdks.others());
        for (Path java : javas) {
            assertThat(runIn("C", java, "c-" + java.getFileName()))
                    .as("%s", java)
                    .isEqualTo(expected);
        }
        assertThat(runIn("C", Jdks.own(), "utf8"))
                .as("with what was remembered")
                .isEqualTo(expected);
    }

    /** What is remembered in one locale is not taken for something else in another. */
    @Test
    void changesAreSeenInEachLocale() throws Exception {
        List<String> before = runIn("C", Jdks.own(), "one");
        Path changed = FileNames.resolve(application.project, NAMED.substring(1) + "\u00fc.txt");
        Files.writeString(changed, "six");
        List<String> after = runIn("C", Jdks.own(), "one");
        assertThat(after.get(0)).startsWith("built ").isNotEqualTo(before.get(0));
        assertThat(runIn("C.UTF-8", Jdks.own(), "two").get(0)).isEqualTo(after.get(0));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.blob.MemoryStore;
import io.jlayer.error.UserError;
import io.jlayer.house.Programs;
import io.jlayer.image.Image;
import io.jlayer.image.ImageFiles;
import io.jlayer.image.Images;
import io.jlayer.inspect.Inspection;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.TestLayers;
import io.jlayer.tar.TarEntry;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jlayer:inspect} says on a terminal. */
class InspectLinesTest {

    private final MemoryStore store = new MemoryStore();
    private final List<String> lines = new ArrayList<>();
    private final Log log = new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add(line.toString());
        }
    };

    private static Inspection inspection(Layer... layers) throws IOException {
        return inspection(JsonObject.EMPTY, layers);
    }

    private static Inspection inspection(JsonObject execution, Layer... layers) throws IOException {
        Image plain = Images.image(Platform.parse("linux/amd64"), layers);
        Image image = plain.withConfig(plain.config().withExecution(execution));
        Descriptor manifest = Descriptor.of(MediaType.MANIFEST, "manifest".getBytes(UTF_8));
        return Inspection.of(
                new Inspection.Subject("shop", manifest, manifest, List.of()),
                image,
                ImageFiles.read(List.of(layers)),
                Map.of());
    }

    private Inspection two() throws IOException {
        return inspection(
                Images.layer(
                        store,
                        Images.directory("etc", 0755),
                        Images.file("etc/old", "12345"),
                        Images.file("etc/os-release", "NAME=x\033[2J\nA\tb\\c\n"),
                        Images.file("etc/binary", "a\0b"),
                        Images.symlink("link", "etc")),
                Images.layer(store, Images.directory("etc", 0755), Images.whiteout("etc/old"), Images.file("f", "x")));
    }

    @Test
    void theStackIsShown() throws IOException {
        new InspectLines(log, two()).show();
        assertThat(lines).anyMatch(line -> line.startsWith("shop sha256:"));
        assertThat(lines).anyMatch(line -> line.matches("  1  test +[0-9a-f]{12} +\\d+ B +\\d\\.\\d kB +4"));
        assertThat(lines).contains("        5 B  /etc/old  (layer 1, deleted by 2)");
        assertThat(String.join("\n", lines)).contains("Hidden: 5 B, ", "in 1 file that");
    }

    @Test
    void allVariablesAreShownAndLongOnesShortened() throws IOException {
        List<String> variables = new ArrayList<>(List.of("PATH=/bin", "LONG=" + "x".repeat(200) + "end"));
        for (int i = 0; i < 20; i++) {
            variables.add("NAME_" + i + "=value");
        }
        List<String> words = List.of("java", "-Dwith=" + "y".repeat(60), "-cp", "z".repeat(60), "Main");
        Inspection inspection = inspection(
                JsonObject.EMPTY.with("Entrypoint", words).with("Env", variables),
                Images.layer(store, Images.file("f", "x")));
        new InspectLines(log, inspection).show();
        assertThat(lines)
                .containsSequence(
                        "  environment   PATH=/bin",
                        "                LONG=" + "x".repeat(45) + "…" + "x".repeat(46) + "end")
                .containsSequence("                NAME_18=value", "                NAME_19=value")
                .containsSequence(
                        "  entrypoint    java  -Dwith=" + "y".repeat(60) + "  -cp",
                        "                " + "z".repeat(60) + "  Main")
                .noneMatch(line -> line.contains(" more"));
    }

    @Test
    void manySmallLayersShareALine() throws IOException {
        List<Layer> layers = new ArrayList<>();
        layers.add(Images.layer(store, Images.file("big", noise(100_000))));
        for (int i = 0; i < 100; i++) {
            layers.add(Images.layer(store, Images.file("small" + i, "x" + i)));
        }
        new InspectLines(log, inspection(layers.toArray(Layer[]::new))).show();
        assertThat(lines).hasSizeLessThan(24).anyMatch(line -> line.contains("2 to 101, less than 1 % each"));
    }

    /** Text that does not pack. */
    private static String noise(int length) {
        StringBuilder noise = new StringBuilder();
        new java.util.Random(1).ints(length, '!', '~').forEach(c -> noise.append((char) c));
        return noise.toString();
    }

    @Test
    void aPathIsListedAsAContainerSeesIt() throws IOException {
        new PathLines(log, two()).show("/link");
        assertThat(lines.get(0)).isEqualTo("/etc");
        assertThat(lines.subList(1, lines.size())).hasSize(2).allMatch(line -> line.contains(" 1  test "));
        lines.clear();
        new PathLines(log, two()).show("/");
        assertThat(lines).anyMatch(line -> line.endsWith("  etc/")).anyMatch(line -> line.endsWith("  link -> etc"));
        assertThatThrownBy(() -> new PathLines(log, two()).show("/etc/os-relase"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("did you mean /etc/os-release?");
        assertThatThrownBy(() -> new PathLines(log, two()).show("/etc/old")).hasMessageContaining("sees nothing");
    }

    @Test
    void aFileIsShownOrSaved(@TempDir Path directory) throws IOException {
        FileText text = new FileText(log, two().files());
        text.show("/link/os-release", Optional.empty());
        assertThat(lines).containsExactly("NAME=x\\033[2J", "A\tb\\c");
        File saved = directory.resolve("new/saved").toFile();
        text.show("/etc/binary", Optional.of(saved));
        assertThat(saved).hasBinaryContent("a\0b".getBytes(UTF_8));
        assertThatThrownBy(() -> text.show("/etc/binary", Optional.empty())).hasMessageContaining("is no text");
        assertThatThrownBy(() -> text.show("/etc", Optional.empty())).hasMessageContaining("is no regular file");
    }

    /** Names as anybody may write them, and all kinds of file. */
    private static Layer odd() throws IOException {
        TreeMap<String, io.jlayer.tar.XattrValue> none = new TreeMap<>();
        return TestLayers.raw(
                List.of(
                        TestLayers.entry("d", TarEntry.Type.DIRECTORY, "", 0),
                        new TarEntry("d/suid", TarEntry.Type.FILE, 06755, 1234567, 7, 4, 1_700_000_000, ""),
                        new TarEntry("tmp", TarEntry.Type.DIRECTORY, 01776, 0, 0, 0, 1, ""),
                        TestLayers.entry("esc\033[2J\n\t\\", TarEntry.Type.FILE, "", 4),
                        TestLayers.entry("\u00e4 b", TarEntry.Type.SYMLINK, "to\r", 0),
                        TestLayers.entry("hard", TarEntry.Type.HARD_LINK, "d/suid", 0),
                        new TarEntry("null", TarEntry.Type.CHARACTER_DEVICE, 0666, 0, 0, 0, 1, "", 1, 3, none),
                        new TarEntry("sda", TarEntry.Type.BLOCK_DEVICE, 0660, 0, 6, 0, 1, "", 8, 0, none),
                        TestLayers.entry("pipe", TarEntry.Type.FIFO, "", 0),
                        TestLayers.entry("d/.wh.x", TarEntry.Type.FILE, "", 0)),
                "text");
    }

    @Test
    void entriesOfALayerAreListedAsTarListsThem(@TempDir Path directory) throws Exception {
        Programs.assumeInstalled("tar");
        Path file = directory.resolve("layer.tar");
        try (InputStream in = odd().blob().open()) {
            Files.copy(in, file);
        }
        String said = Programs.run(directory, "tar", "--numeric-owner", "--utc", "-tvf", file.toString());

        new TarLines(log).show(inspection(odd()), "1");

        assertThat(String.join("\n", lines.subList(1, lines.size())) + "\n").isEqualTo(said);
        assertThatThrownBy(() -> new TarLines(log).show(inspection(odd()), "2"))
                .hasMessageContaining("there is no layer '2'");
    }
}

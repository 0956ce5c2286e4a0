// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static io.jlayer.image.Images.directory;
import static io.jlayer.image.Images.file;
import static io.jlayer.image.Images.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.MemoryStore;
import io.jlayer.diff.ImageComparison;
import io.jlayer.diff.ImagesDiff;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.Images;
import io.jlayer.image.StoredImage;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Format;
import io.jlayer.oci.History;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffLinesTest {

    private static final Platform AMD = Platform.parse("linux/amd64");

    @TempDir
    Path directory;

    private final MemoryStore store = new MemoryStore();
    private final List<String> lines = new ArrayList<>();

    private ImagesDiff diff(Image before, Image after) throws IOException {
        return new ImageComparison(store, Optional.empty())
                .compare(stored(before), stored(after), List.of(), Optional.empty());
    }

    private StoredImage stored(Image... images) throws IOException {
        return new StoredImage(Images.publish(store, ImageDocuments.of(List.of(images), Format.OCI)), store);
    }

    private Image image(String name, FileEntry... entries) throws IOException {
        Layer layer = Images.layer(store, entries);
        return Image.scratch(AMD).append(layer, new History(Optional.empty(), "jlayer", name, false));
    }

    private List<String> shown(ImagesDiff diff) {
        new DiffLines(new SystemStreamLog() {
                    @Override
                    public void info(CharSequence line) {
                        lines.add(line.toString());
                    }
                })
                .show(diff, "old", "new");
        return lines;
    }

    @Test
    void layersConfigAndFilesAreShown() throws IOException {
        ImagesDiff diff = diff(
                image("org.shop 1.0", file("app/foo-1.0.jar", "1"), file("etc/mode", "1"), symlink("etc/x", "a")),
                image(
                        "org.shop 1.1",
                        file("app/foo-1.1.jar", "22"),
                        new FileEntry.Regular(
                                LayerPath.of("etc/mode"), Metadata.of(0600, 0, 7), FileContent.of(new byte[] {'1'})),
                        symlink("etc/x", "b"),
                        directory("etc/y", 0755)));
        assertThat(shown(diff))
                .contains(
                        "Old  " + diff.before().digest() + "  old",
                        "New  " + diff.after().digest() + "  new")
                .anyMatch(line ->
                        line.matches("  C  1  org.shop 1.0 -> 1.1  \\w{12} -> \\w{12}  \\d+ B \\([+-]\\d+ B\\)"))
                .anyMatch(line -> line.matches("Layers: 1, \\d+ B \\([+-]\\d+ B\\); 0 the same"))
                .anyMatch(line -> line.matches("A push sends .* in 3 blobs, and a pull fetches them"))
                .contains(
                        "Files: 4 changes",
                        "  C history  org.shop 1.0 -> 1.1",
                        "  C /app/foo-1.0.jar -> foo-1.1.jar  2 B (+1 B)",
                        "  C /etc/mode  (mode 0644 -> 0600, owner 0:0 -> 0:7)",
                        "  C /etc/x  (link a -> b)",
                        "  A /etc/y/");
    }

    @Test
    void ofSeveralPlatformsAPushIsToldAsAWholeToo() throws IOException {
        Platform arm = Platform.parse("linux/arm64");
        Layer old = Images.layer(store, file("a", "1"));
        Layer now = Images.layer(store, file("a", "2"));
        StoredImage before = stored(Images.image(AMD, old), Images.image(arm, old));
        StoredImage after = stored(Images.image(AMD, now), Images.image(arm, now));
        ImagesDiff diff =
                new ImageComparison(store, Optional.empty()).compare(before, after, List.of(), Optional.empty());
        assertThat(shown(diff))
                .contains("For linux/amd64:", "For linux/arm64:")
                .endsWith("A push of all these platforms sends "
                        + ReportLines.size(diff.push().size())
                        + " in 6 blobs, the index among them; what they share goes once");
    }

    @Test
    void theSameIsSaid() throws IOException {
        Image image = image("a", file("a", "1"));
        assertThat(shown(diff(image, image))).hasSize(3).contains("The images are the same");
    }

    @Test
    void packingAloneIsSaid() throws IOException {
        Layer gzip = Images.layer(store, file("a", "1"));
        Layer plain;
        try (Workers workers = new Workers(1)) {
            plain = new LayerWriter(store, Compression.NONE, workers)
                    .write(new LayerSpec("test", List.of(file("a", "1"))));
        }
        assertThat(shown(diff(Images.image(AMD, gzip), Images.image(AMD, plain))))
                .anyMatch(line -> line.matches("  R  1  .* kB \\(\\+.*B, packed in another way\\)"))
                .endsWith("Nothing differs but how layers are packed");
    }

    @Test
    void sizesAreToldByTheNewOneAndTheDifference() {
        assertThat(FileChangeText.size(1, 2000, List.of())).isEqualTo("2.0 kB (+2.0 kB)");
        assertThat(FileChangeText.size(2001, 2000, List.of())).isEqualTo("2.0 kB (-1 B)");
        assertThat(FileChangeText.size(7, 7, List.of("content", "time"))).isEqualTo("7 B (+0 B, content, time)");
    }

    @Test
    void namesFromTheImageDoNotReachTheTerminalAsTheyAre() throws IOException {
        ImagesDiff diff = diff(
                image("a", file("a", "1")),
                image("\u001b[2J\u202e", file("etc/\u001b]0;x\u0007", "1"), symlink("l\nINFO fake", "\r\u009bm")));
        assertThat(shown(diff)).allSatisfy(line -> assertThat(line).matches("[\\x20-\\x7e]+"));
    }

    @Test
    void manyFilesAreSummedUp() throws IOException {
        List<FileEntry> entries = new ArrayList<>(List.of(directory("d", 0755)));
        for (int i = 0; i < 100; i++) {
            entries.add(file("d/" + i, "1"));
        }
        ImagesDiff diff = diff(image("a", file("a", "1")), image("a", entries.toArray(FileEntry[]::new)));
        assertThat(shown(diff))
                .contains(
                        "Files: 102 changes",
                        "  A /d/  100 files, 100 B",
                        "  D /a  1 B",
                        "  all of them: -Djlayer.diff.json=FILE.json");
    }

    @Test
    void timesAreCountedWhereMoreDiffers() throws IOException {
        ImagesDiff diff = diff(
                image("a", file("a", "1"), file("b", "1")),
                image(
                        "a",
                        file("a", "2"),
                        new FileEntry.Regular(
                                LayerPath.of("b"),
                                new Metadata(0644, 0, 0, 99, Metadata.FILE.xattrs()),
                                FileContent.of(new byte[] {'1'}))));
        assertThat(shown(diff))
                .contains(
                        "Files: 2 changes",
                        "  C /a  1 B (+0 B, content)",
                        "  and 1 of which nothing but the time differs");
    }

    @Test
    void theFileHasAllOfIt() throws IOException {
        ImagesDiff diff = diff(image("a 1", file("lib/x-1.jar", "1")), image("a 2", file("lib/x-2.jar", "22")));
        Path file = directory.resolve("deep/diff.json");
        DiffJson.write(diff, "old", "new", file);
        JsonObject json = OciJson.parse(Files.readString(file));
        assertThat(json.flag("same")).contains(false);
        assertThat(json.object("after").orElseThrow().requiredText("digest"))
                .isEqualTo(diff.after().digest().toString());
        JsonObject platform = json.objects("platforms").get(0);
        assertThat(platform.objects("layers").get(0).requiredText("kind")).isEqualTo("changed");
        JsonObject change = platform.objects("files").get(0);
        assertThat(change.requiredText("path")).isEqualTo("/lib/x-1.jar");
        assertThat(change.requiredText("newPath")).isEqualTo("/lib/x-2.jar");
        assertThat(change.texts("why")).containsExactly("content");
        assertThat(change.object("after").orElseThrow().number("size")).contains(2L);
    }

    @Test
    void theFileIsWrittenAtOnce() throws IOException {
        ImagesDiff diff = diff(image("a 1", file("a", "1")), image("a 2", file("a", "22")));
        Path file = Files.writeString(directory.resolve("diff.json"), "old");
        Path opened = Files.createLink(directory.resolve("opened"), file);
        DiffJson.write(diff, "old", "new", file);
        assertThat(opened).as("who reads the old one meanwhile").hasContent("old");
        assertThat(OciJson.parse(Files.readString(file)).flag("same")).contains(false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import static io.jlayer.image.Images.directory;
import static io.jlayer.image.Images.file;
import static io.jlayer.image.Images.symlink;
import static io.jlayer.image.Images.whiteout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlayer.blob.MemoryStore;
import io.jlayer.diff.FileChange.EntryChange;
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
import io.jlayer.layer.NameBudget;
import io.jlayer.layer.Workers;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.TestLayers;
import io.jlayer.tar.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageComparisonTest {

    private static final Platform AMD = Platform.parse("linux/amd64");
    private static final Platform ARM = Platform.parse("linux/arm64");

    @TempDir
    Path directory;

    private final MemoryStore store = new MemoryStore();
    private boolean jars;

    private Layer layer(FileEntry... entries) throws IOException {
        return Images.layer(store, entries);
    }

    private static Image image(Layer... lowestFirst) {
        return Images.image(AMD, lowestFirst);
    }

    private StoredImage stored(Image... images) throws IOException {
        return new StoredImage(Images.publish(store, ImageDocuments.of(List.of(images), Format.OCI)), store);
    }

    private ImagesDiff compare(StoredImage before, StoredImage after, Platform... wanted) throws IOException {
        return new ImageComparison(store, jars ? Optional.of(directory) : Optional.empty())
                .compare(before, after, List.of(wanted), Optional.empty());
    }

    private PlatformDiff compare(Image before, Image after) throws IOException {
        return compare(stored(before), stored(after)).platforms().get(0);
    }

    private static List<String> said(PlatformDiff diff) {
        return diff.files().stream()
                .map(change -> change.kind().letter() + " " + change.latest().path() + " " + change.why())
                .toList();
    }

    @Test
    void anImageIsTheSameAsItself() throws IOException {
        Image image = image(layer(file("a", "1")));
        ImagesDiff diff = compare(stored(image), stored(image));
        assertThat(diff.isSame()).isTrue();
        assertThat(diff.platforms().get(0).config()).isEmpty();
        assertThat(diff.platforms().get(0).traffic()).isEqualTo(new Traffic(0, 0, 0));
    }

    @Test
    void eachDifferenceOfAFileIsNamed() throws IOException {
        PlatformDiff diff = compare(
                image(layer(
                        file("content", "1"),
                        file("gone", "1"),
                        file("mode", "1"),
                        file("same", "1"),
                        symlink("link", "a"),
                        file("type", "1"))),
                image(layer(
                        file("content", "2"),
                        symlink("link", "b"),
                        new FileEntry.Regular(
                                LayerPath.of("mode"), Metadata.of(0600, 5, 6), FileContent.of(new byte[] {'1'})),
                        directory("new", 0755),
                        file("new/in", "1"),
                        file("new-er", "1"),
                        file("same", "1"),
                        symlink("type", "1"))));
        assertThat(said(diff))
                .containsExactly(
                        "C /content [CONTENT]",
                        "D /gone []",
                        "C /link [LINK]",
                        "C /mode [MODE, OWNER]",
                        "A /new []",
                        "A /new/in []",
                        "A /new-er []",
                        "C /type [TYPE, MODE]");
    }

    @Test
    void whatCountsIsWhatAContainerSees() throws IOException {
        Layer base = layer(file("etc/a", "1"), file("etc/b", "1"), file("etc/c", "1"));
        PlatformDiff diff = compare(
                image(base, layer(file("etc/b", "2"))), image(base, layer(whiteout("etc/a"), file("etc/c", "1"))));
        assertThat(said(diff)).containsExactly("D /etc/a []", "C /etc/b [CONTENT]");
    }

    @Test
    void equalFilesInOtherLayersAreNoChange() throws IOException {
        PlatformDiff diff = compare(
                image(layer(file("a", "1")), layer(file("b", "1"))), image(layer(file("a", "1"), file("b", "1"))));
        assertThat(diff.isSame()).isFalse();
        assertThat(diff.files()).isEmpty();
    }

    @Test
    void anotherVersionOfALibraryIsOneChange() throws IOException {
        PlatformDiff diff = compare(
                image(layer(file("lib/foo-1.0.jar", "1"), file("lib/two-1.jar", "1"), file("lib/two-2.jar", "1"))),
                image(layer(file("lib/foo-1.1-SNAPSHOT.jar", "2"), file("lib/two-3.jar", "1"))));
        assertThat(said(diff))
                .containsExactly(
                        "C /lib/foo-1.1-SNAPSHOT.jar [CONTENT]",
                        "D /lib/two-1.jar []",
                        "D /lib/two-2.jar []",
                        "A /lib/two-3.jar []");
        assertThat(diff.files().get(0).isOtherVersion()).isTrue();
    }

    @Test
    void jarsAreLookedIntoWhereThatIsAskedFor() throws IOException {
        Image before = image(
                layer(jar("lib/foo-1.0.jar", "same", "x", "old", "x", "other", "x"), file("lib/no-1.jar", "no zip")));
        Image after = image(
                layer(jar("lib/foo-2.0.jar", "same", "x", "new", "xyz", "other", "y"), file("lib/no-2.jar", "none")));
        assertThat(compare(before, after).files())
                .allMatch(change -> change.within().isEmpty());
        jars = true;
        List<FileChange> files = compare(before, after).files();
        assertThat(files.get(0).within())
                .containsExactly(
                        new EntryChange(Kind.ADDED, "new", 0, 3),
                        new EntryChange(Kind.DELETED, "old", 1, 0),
                        new EntryChange(Kind.CHANGED, "other", 1, 1));
        assertThat(files.get(1).within()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void jarsAreFoundWhereverTheirBytesAre() throws IOException {
        jars = true;
        FileEntry directory = Images.directory("opt/lib", 0755);
        Layer named =
                TestLayers.raw(List.of(TestLayers.entry("app.jar", TarEntry.Type.HARD_LINK, "opt/lib/a.jar", 0)), "");
        store.put(named.descriptor(), named.blob());
        PlatformDiff diff = compare(
                image(layer(directory, jar("opt/lib/a.jar", "x", "1")), named),
                image(layer(directory), layer(jar("opt/lib/a.jar", "x", "2")), named));
        assertThat(said(diff)).contains("C /app.jar [CONTENT]");
        assertThat(diff.files())
                .filteredOn(change -> !change.latest().isDirectory())
                .hasSize(2)
                .allSatisfy(change ->
                        assertThat(change.within()).containsExactly(new EntryChange(Kind.CHANGED, "x", 1, 1)));
    }

    @Test
    void aPushOfSeveralPlatformsSendsWhatTheyShareOnceAndTheIndex() throws IOException {
        Layer old = layer(file("a", "1"));
        Layer shared = layer(file("a", "22"));
        StoredImage before = stored(Images.image(AMD, old), Images.image(ARM, old));
        StoredImage after = stored(Images.image(AMD, shared), Images.image(ARM, shared));
        ImagesDiff diff = compare(before, after);
        long sizes = after.root().size() + shared.descriptor().size();
        for (PlatformDiff platform : diff.platforms()) {
            sizes += platform.after().manifest().size()
                    + platform.after().config().size();
            assertThat(platform.traffic().blobs()).isEqualTo(3);
        }
        assertThat(diff.push()).isEqualTo(new ImagesDiff.Push(6, sizes));
        assertThat(compare(after, after).push()).isEqualTo(new ImagesDiff.Push(0, 0));
    }

    private static FileEntry jar(String path, String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return new FileEntry.Regular(LayerPath.of(path), Metadata.FILE, FileContent.of(bytes.toByteArray()));
    }

    @Test
    void otherPackingIsToldAndNoLayerIsRead() throws IOException {
        Layer gzip = layer(file("a", "1"));
        Layer plain;
        try (Workers workers = new Workers(1)) {
            plain = new LayerWriter(store, Compression.NONE, workers)
                    .write(new LayerSpec("test", List.of(file("a", "1"))));
        }
        StoredImage before = stored(image(gzip));
        StoredImage after = stored(image(plain));
        store.lose(gzip.descriptor().digest());
        store.lose(plain.descriptor().digest());
        ImagesDiff diff = compare(before, after);
        assertThat(diff.isSame()).isFalse();
        assertThat(diff.platforms().get(0).differsInPackingOnly()).isTrue();
        assertThat(diff.platforms().get(0).layers().get(0).kind()).isEqualTo(Kind.REPACKED);
    }

    @Test
    void anotherAnnotationIsNoOtherPacking() throws IOException {
        Image image = image(layer(file("a", "1")));
        PlatformDiff diff = compare(image, image.withAnnotations(new TreeMap<>(Map.of("revision", "abc"))));
        assertThat(diff.isSame()).isFalse();
        assertThat(diff.differsInPackingOnly()).isFalse();
        assertThat(diff.config()).extracting(ConfigChange::name).containsExactly("revision");
        assertThat(diff.traffic().blobs()).isEqualTo(1);
    }

    @Test
    void whatAPushSendsIsWhatTheOldImageHasNot() throws IOException {
        Layer low = layer(file("a", "1"));
        Layer old = layer(file("b", "1"));
        Layer fresh = layer(file("b", "2"));
        Layer top = layer(file("c", "1"));
        PlatformDiff diff = compare(image(low, old, top), image(low, fresh, top));
        long documents = diff.after().manifest().size() + diff.after().config().size();
        long size = fresh.descriptor().size();
        assertThat(diff.traffic())
                .isEqualTo(
                        new Traffic(3, size + documents, size + top.descriptor().size()));
    }

    @Test
    void eachPlatformOfBothIsCompared() throws IOException {
        Image arm = Images.image(ARM, layer(file("a", "1")));
        StoredImage before = stored(image(layer(file("a", "1"))), arm);
        StoredImage after = stored(image(layer(file("a", "2"))), arm);
        ImagesDiff diff = compare(before, after);
        assertThat(diff.platforms()).extracting(PlatformDiff::isSame).containsExactly(false, true);
        assertThat(compare(before, after, ARM).platforms()).hasSize(1);
        // The rest of the index differs all the same.
        assertThat(compare(before, after, ARM).isSame()).isFalse();
    }

    @Test
    void platformsThatCameAndWentAreTold() throws IOException {
        Image amd = image(layer(file("a", "1")));
        Image arm = Images.image(ARM, layer(file("a", "1")));
        ImagesDiff diff = compare(stored(amd, arm), stored(amd, Images.image(Platform.parse("linux/s390x"), layer())));
        assertThat(diff.gone()).containsExactly(ARM);
        assertThat(diff.added()).containsExactly(Platform.parse("linux/s390x"));
        assertThat(diff.isSame()).isFalse();
    }

    @Test
    void aSingleImageIsTheSameAsOneOfAnIndexIfThatIsMeant() throws IOException {
        Image amd = image(layer(file("a", "1")));
        StoredImage index = stored(amd, Images.image(ARM, layer(file("a", "1"))));
        ImagesDiff diff = compare(index, stored(amd));
        assertThat(diff.gone()).containsExactly(ARM);
        assertThat(diff.isSame()).isFalse();
        assertThat(compare(index, stored(amd), AMD).isSame()).isTrue();
    }

    @Test
    void imagesForOtherPlatformsAreComparedIfTheyAreTheOnlyOnes() throws IOException {
        PlatformDiff diff = compare(image(), Images.image(ARM));
        assertThat(diff.config())
                .extracting(ConfigChange::what, change -> change.after().orElse(""))
                .contains(org.assertj.core.api.Assertions.tuple("platform", "linux/arm64"));
    }

    @Test
    void withoutACommonPlatformNothingIsCompared() throws IOException {
        StoredImage both = stored(image(), Images.image(ARM));
        StoredImage other = stored(Images.image(Platform.parse("linux/s390x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compare(both, other))
                .withMessageContaining("linux/s390x");
    }

    @Test
    void aLayerThatHoldsSomethingElseIsNoticed() throws IOException {
        Layer a = layer(file("a", "1"));
        Layer other = new Layer(layer(file("a", "2")).diffId(), a.descriptor(), a.blob(), a.tarSize());
        StoredImage liar = stored(image(other));
        StoredImage sound = stored(image(a));
        assertThatIOException().isThrownBy(() -> compare(sound, liar)).withMessageContaining("read layer");
    }

    @Test
    void theMemoryOfAllLayersIsCountedTogether() throws IOException {
        StoredImage before = stored(image(layer(file("a", "1")), layer(file("b", "1"))));
        StoredImage after = stored(image(layer(file("a", "2"))));
        NameBudget enough = new NameBudget(3 * 600);
        new ImageComparison(store, Optional.empty(), enough).compare(before, after, List.of(), Optional.empty());
        NameBudget forTwo = new NameBudget(2 * 600);
        ImageComparison comparison = new ImageComparison(store, Optional.empty(), forTwo);
        assertThatIOException()
                .isThrownBy(() -> comparison.compare(before, after, List.of(), Optional.empty()))
                .withMessageContaining("do not fit into memory");
    }
}

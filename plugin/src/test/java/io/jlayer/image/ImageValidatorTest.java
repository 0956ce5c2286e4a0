// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.Blob;
import io.jlayer.blob.BlobSource;
import io.jlayer.blob.MemoryStore;
import io.jlayer.image.Finding.Severity;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.Platform;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarWriter;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that can be wrong with an image, made by hand. */
class ImageValidatorTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");

    private final MemoryStore blobs = new MemoryStore();
    private Layer layer;
    private Descriptor root;

    @BeforeEach
    void soundImage() throws IOException {
        layer = Images.layer(blobs, Images.file("etc/motd", "hello"));
        root = Images.publish(blobs, ImageDocuments.of(List.of(Images.image(AMD64, layer)), Format.OCI));
    }

    private List<String> findings(Descriptor of) {
        return new ImageValidator(blobs)
                .validate(of).stream()
                        .map(finding -> finding.severity() + " " + finding.where() + ": " + finding.what())
                        .toList();
    }

    private void found(Descriptor of, Severity severity, String... words) {
        assertThat(findings(of))
                .anySatisfy(finding ->
                        assertThat(finding).startsWith(severity.name()).contains(words));
    }

    private Descriptor manifest(String config, Descriptor... layers) throws IOException {
        return manifest(blobs.put(MediaType.CONFIG, config.getBytes(UTF_8)), layers);
    }

    private Descriptor manifest(Descriptor config, Descriptor... layers) throws IOException {
        return blobs.put(
                MediaType.MANIFEST, new Manifest(Format.OCI, config, List.of(layers), new TreeMap<>()).toBytes());
    }

    private static String config(Object diffId, String more) {
        return "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + diffId
                + "\"]}" + more + "}";
    }

    private Descriptor index(Descriptor... manifests) throws IOException {
        return blobs.put(MediaType.INDEX, new Index(Format.OCI, List.of(manifests), new TreeMap<>()).toBytes());
    }

    private Descriptor tarLayer(TarEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (TarEntry entry : entries) {
                tar.begin(entry);
                tar.content().write(new byte[(int) entry.size()]);
            }
        }
        return blobs.put(MediaType.LAYER_TAR, bytes.toByteArray());
    }

    private static TarEntry file(String name, int size) {
        return new TarEntry(name, TarEntry.Type.FILE, 0644, 0, 0, size, 1, "");
    }

    /** The manifest of a plain layer, whose diffID is its digest. */
    private Descriptor of(Descriptor plain) throws IOException {
        return manifest(config(plain.digest(), ""), plain);
    }

    @Test
    void soundImagesHaveNone() throws IOException {
        assertThat(findings(root)).isEmpty();
        for (long seed = 0; seed < 5; seed++) {
            Image image = RandomImages.of(seed, AMD64, blobs);
            assertThat(findings(Images.publish(blobs, ImageDocuments.of(List.of(image), Format.DOCKER))))
                    .as("seed %d", seed)
                    .isEmpty();
        }
        ImageValidator validator = new ImageValidator(blobs);
        validator.validate(index(root, index(root)));
        assertThat(validator.images()).isEqualTo(1);
        assertThat(validator.layers()).isEqualTo(1);
    }

    @Test
    void missingBlobs() {
        blobs.lose(layer.descriptor().digest());
        found(root, Severity.ERROR, "layer " + layer.descriptor().digest(), "not in the store");
        blobs.lose(root.digest());
        found(root, Severity.ERROR, "manifest " + root.digest());
    }

    @Test
    void changedBlobs() {
        byte[] other = "other".getBytes(UTF_8);
        blobs.falsify(layer.descriptor().digest(), other);
        found(root, Severity.ERROR, "layer " + layer.descriptor().digest());
        blobs.falsify(root.digest(), other);
        found(root, Severity.ERROR, "manifest " + root.digest());
    }

    private final List<Digest> opened = new ArrayList<>();

    /** The blobs as files give them: what is closed gives nothing more. */
    private BlobSource files() {
        return new BlobSource() {
            @Override
            public boolean contains(Digest digest) throws IOException {
                return blobs.contains(digest);
            }

            @Override
            public Blob get(Digest digest) throws IOException {
                Blob blob = blobs.get(digest);
                return () -> {
                    opened.add(digest);
                    return new BufferedInputStream(blob.open());
                };
            }
        };
    }

    /** Layers may be large, and far away. */
    @Test
    void eachLayerIsReadOnce() throws IOException {
        Layer broken = Images.layer(blobs, Images.file("etc/motd", "broken"));
        blobs.falsify(broken.descriptor().digest(), "no gzip".getBytes(UTF_8));
        Descriptor image = manifest(config(layer.diffId(), ""), layer.descriptor());
        Descriptor other = manifest(config(layer.diffId(), ",\"author\":\"x\""), layer.descriptor());
        Descriptor damaged = manifest(config(broken.diffId(), ""), broken.descriptor());

        assertThat(new ImageValidator(files()).validate(index(image, other, damaged)))
                .hasSize(1);

        assertThat(opened)
                .containsOnlyOnce(
                        layer.descriptor().digest(), broken.descriptor().digest());
    }

    @Test
    void aBeginningThatIsNoneIsNoDamage() throws IOException {
        byte[] gzip = {0x1f, (byte) 0x8b, 9, 0, 0, 0, 0, 0, 0, 0};
        Descriptor packed = blobs.put(MediaType.LAYER_GZIP, gzip);

        assertThat(new ImageValidator(files()).validate(of(packed)))
                .singleElement()
                .asString()
                .contains("it cannot be unpacked");
    }

    @Test
    void whatIsFoundInDamagedBytesIsNotTold() throws IOException {
        Descriptor twice = tarLayer(
                file("a", 1), file("a", 2), new TarEntry("b", TarEntry.Type.HARD_LINK, 0644, 0, 0, 0, 1, "gone"));
        byte[] bytes = blobs.bytes(twice.digest()).clone();
        bytes[bytes.length - 1] = 1; // behind the end of the tar
        blobs.falsify(twice.digest(), bytes);

        assertThat(findings(of(twice))).singleElement().asString().contains("another digest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Entrypoint\":\"sh\"",
                "\"Cmd\":[1]",
                "\"Env\":{}",
                "\"User\":0",
                "\"WorkingDir\":[]",
                "\"ExposedPorts\":[\"80/tcp\"]",
                "\"Volumes\":{\"/a\":1}",
                "\"Labels\":{\"a\":1}",
                "\"StopSignal\":9"
            })
    void howItIsRunInOtherTypes(String member) throws IOException {
        Descriptor image = manifest(
                config(layer.diffId(), ",\"config\":{" + member + ",\"Healthcheck\":null}"), layer.descriptor());
        found(image, Severity.ERROR, "config ", "how the image is run cannot be read: '" + member.substring(1, 4));
    }

    @Test
    void anEnvironmentWithoutNames() throws IOException {
        String env = ",\"config\":{\"Env\":[\"A=\",\"=x\",\"B\"],\"Cmd\":null,\"Volumes\":{\"/a\":{}}}";
        assertThat(findings(manifest(config(layer.diffId(), env), layer.descriptor())))
                .hasSize(2)
                .allMatch(finding -> finding.startsWith("WARNING config "));
    }

    @Test
    void aSizeThatIsNotTheBlobs() throws IOException {
        Descriptor right = layer.descriptor();
        Descriptor wrong = new Descriptor(right.mediaType(), right.digest(), right.size() + 1);
        found(manifest(config(layer.diffId(), ""), wrong), Severity.ERROR, "layer " + right.digest());
        Descriptor both =
                index(manifest(config(layer.diffId(), ""), right), manifest(config(layer.diffId(), ""), wrong));
        found(both, Severity.ERROR, "layer " + right.digest());
    }

    @Test
    void aDiffIdThatIsNotTheLayers() throws IOException {
        Digest wrong = Digest.sha256("wrong");
        found(
                manifest(config(wrong, ""), layer.descriptor()),
                Severity.ERROR,
                "unpacks to diffID " + layer.diffId(),
                "the config says " + wrong);
    }

    @Test
    void asManyDiffIdsAsLayers() throws IOException {
        Descriptor manifest = manifest(config(layer.diffId(), ""), layer.descriptor(), layer.descriptor());
        found(manifest, Severity.ERROR, "the manifest has 2 layers and the config 1 diffIDs");
    }

    @Test
    void documentsThatCannotBeRead() throws IOException {
        found(manifest("{", layer.descriptor()), Severity.ERROR, "the config cannot be read");
        found(manifest(config(layer.diffId(), ",\"created\":\"today\""), layer.descriptor()), Severity.ERROR, "today");
        found(blobs.put(MediaType.MANIFEST, "[]".getBytes(UTF_8)), Severity.ERROR, "manifest");
        found(blobs.put(MediaType.INDEX, "{\"manifests\":7}".getBytes(UTF_8)), Severity.ERROR, "index");
        Descriptor large = new Descriptor(MediaType.MANIFEST, root.digest(), 1L << 40);
        found(large, Severity.ERROR, "more than");
    }

    @Test
    void mediaTypesThatContradict() throws IOException {
        Descriptor lie = new Descriptor(MediaType.DOCKER_MANIFEST, root.digest(), root.size());
        found(lie, Severity.ERROR, "what points to it says " + MediaType.DOCKER_MANIFEST);
        Descriptor gzip = layer.descriptor();
        Descriptor plain = new Descriptor(MediaType.LAYER_TAR, gzip.digest(), gzip.size());
        found(manifest(config(layer.diffId(), ""), plain), Severity.ERROR, "it is packed with gzip, which is not what");
        Descriptor odd = new Descriptor(new MediaType("application/x-tar"), gzip.digest(), gzip.size());
        found(manifest(config(layer.diffId(), ""), odd), Severity.WARNING, "none that clients know for layers");
    }

    @Test
    void aSecondDescriptorOfTheSameDocument() throws IOException {
        Descriptor large = new Descriptor(root.mediaType(), root.digest(), root.size() + 1);
        found(index(root, large), Severity.ERROR, "manifest " + root.digest(), "says " + large.size());
        found(index(large, root), Severity.ERROR, "manifest " + root.digest(), "" + root.size());
        Descriptor lie = new Descriptor(MediaType.DOCKER_MANIFEST, root.digest(), root.size());
        found(index(root, lie), Severity.ERROR, "what points to it says " + MediaType.DOCKER_MANIFEST);
        Descriptor arm = root.withPlatform(Platform.parse("linux/arm64"));
        found(index(root.withPlatform(AMD64), arm), Severity.ERROR, "for linux/arm64 and the config says linux/amd64");
    }

    @Test
    void aSecondDescriptorOfTheSameLayer() throws IOException {
        Descriptor gzip = layer.descriptor();
        Descriptor plain = new Descriptor(MediaType.LAYER_TAR, gzip.digest(), gzip.size());
        Descriptor lying = manifest(config(layer.diffId(), ""), plain);
        found(index(root, lying), Severity.ERROR, "it is packed with gzip, which is not what its media type");
        ImageValidator validator = new ImageValidator(blobs);
        Descriptor large = new Descriptor(gzip.mediaType(), gzip.digest(), gzip.size() + 1);
        validator.validate(index(manifest(config(layer.diffId(), ""), large), root));
        assertThat(validator.layers()).isEqualTo(1);
    }

    @Test
    void indexesThatNoBuildFollows() throws IOException {
        Descriptor nested = root;
        for (int depth = 0; depth < ImageLoader.DEEPEST; depth++) {
            nested = index(nested);
        }
        assertThat(findings(nested)).isEmpty();
        assertThat(new ImageLoader(blobs, blobs).load(nested, AMD64).platform()).isEqualTo(AMD64);
        Descriptor deeper = index(nested);
        found(deeper, Severity.ERROR, "nested more than " + ImageLoader.DEEPEST + " deep");
        assertThatIOException().isThrownBy(() -> new ImageLoader(blobs, blobs).load(deeper, AMD64));
    }

    @Test
    void aPlatformThatIsNotTheConfigs() throws IOException {
        Descriptor index = index(root.withPlatform(Platform.parse("linux/arm64")));
        found(index, Severity.ERROR, "the index says it is for linux/arm64 and the config says linux/amd64");
    }

    @Test
    void twoEntriesForOnePlatform() throws IOException {
        Descriptor other = of(tarLayer(file("a", 1)));
        found(
                index(root.withPlatform(AMD64), other.withPlatform(AMD64)),
                Severity.WARNING,
                "two entries for linux/amd64");
    }

    @Test
    void aHistoryOfOtherLayers() throws IOException {
        String two = ",\"history\":[{},{\"empty_layer\":true},{}]";
        found(
                manifest(config(layer.diffId(), two), layer.descriptor()),
                Severity.WARNING,
                "the history has lines for 2 layers, and there are 1");
    }

    @Test
    void noLayersAndTooMany() throws IOException {
        Descriptor none =
                manifest(blobs.put(MediaType.CONFIG, ImageConfig.empty(AMD64).toBytes()));
        found(none, Severity.WARNING, "it has no layers");
        Layer[] many = Collections.nCopies(128, layer).toArray(Layer[]::new);
        Descriptor deep = Images.publish(blobs, ImageDocuments.of(List.of(Images.image(AMD64, many)), Format.OCI));
        found(deep, Severity.WARNING, "it has 128 layers", "127");
    }

    @Test
    void anIndexWithoutImages() throws IOException {
        found(index(), Severity.ERROR, "there is no image in it");
    }

    @Test
    void layersThatCannotBeUnpacked() throws IOException {
        found(
                of(blobs.put(MediaType.LAYER_TAR, "no tar".repeat(200).getBytes(UTF_8))),
                Severity.ERROR,
                "cannot be unpacked");
        byte[] whole = blobs.bytes(layer.descriptor().digest());
        Descriptor cut = blobs.put(MediaType.LAYER_GZIP, Arrays.copyOf(whole, whole.length / 2));
        found(manifest(config(layer.diffId(), ""), cut), Severity.ERROR, "cannot be unpacked");
        found(of(tarLayer(file("../evil", 1))), Severity.ERROR, "has '..' in it");
        found(of(tarLayer(file("etc/.wh.", 0))), Severity.ERROR, "whiteout of nothing");
    }

    @Test
    void entriesThatClientsReadDifferently() throws IOException {
        found(of(tarLayer(file("a", 1), file("./a", 2))), Severity.ERROR, "it has /a twice");
        found(of(tarLayer(file("etc/.wh.x", 3))), Severity.WARNING, "is a whiteout, and not an empty file");
        TarEntry link = new TarEntry("b", TarEntry.Type.HARD_LINK, 0644, 0, 0, 0, 1, "a");
        found(of(tarLayer(link, file("a", 1))), Severity.ERROR, "hard link to /a, which only comes after it");
        assertThat(findings(of(tarLayer(file("a", 1), link)))).isEmpty();
    }

    @Test
    void theWorstComesFirst() throws IOException {
        Descriptor bad = manifest(config(Digest.sha256("x"), ",\"history\":[{},{}]"), layer.descriptor());
        List<String> findings = findings(bad);
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0)).startsWith("ERROR");
    }
}

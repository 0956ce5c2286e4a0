// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.BlobSource;
import io.jlayer.image.Finding.Severity;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Index;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks an image against the OCI specifications and against itself: every digest, size and diffID, every index, manifest
 * and config, every entry of every layer. Nothing is believed and nothing stops it: what is broken becomes a finding, and
 * the rest is still looked at. For one image and one thread.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/spec.md">image-spec</a>
 */
public final class ImageValidator {

    private final BlobSource blobs;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Descriptor> seen = new HashSet<>();
    private final Map<Digest, Document> documents = new HashMap<>();
    private final LayerValidator layers;
    private int images;

    /** A manifest or index that was read: what it is, and what the config says that it is for. */
    private record Document(MediaType mediaType, long size, Optional<Platform> platform) {}

    public ImageValidator(BlobSource blobs) {
        this.blobs = blobs;
        this.layers = new LayerValidator(blobs, findings);
    }

    /** Checks all that the descriptor leads to; the worst comes first. */
    public List<Finding> validate(Descriptor root) {
        check(root, 0);
        if (images == 0 && findings.isEmpty()) {
            error(root, "there is no image in it");
        }
        return findings.stream()
                .distinct()
                .sorted((a, b) -> a.severity().compareTo(b.severity()))
                .toList();
    }

    /** How many manifests of images were found. */
    public int images() {
        return images;
    }

    /** How many layers were read. */
    public int layers() {
        return layers.count();
    }

    /** A document is read once, and each descriptor of it is held against it. */
    private void check(Descriptor descriptor, int depth) {
        if (!seen.add(descriptor)) {
            return;
        }
        try {
            if (documents.containsKey(descriptor.digest())) {
                checkAgainst(descriptor, documents.get(descriptor.digest()));
            } else if (descriptor.mediaType().isIndex()) {
                checkIndex(descriptor, depth);
            } else if (descriptor.mediaType().isManifest()) {
                checkManifest(descriptor);
            } else {
                // An index may point to anything; its bytes must be there all the same.
                layers.checkBytes(descriptor);
            }
        } catch (IOException | IllegalArgumentException e) {
            error(descriptor, reason(e));
        }
    }

    private void checkAgainst(Descriptor descriptor, Document read) {
        if (descriptor.size() != read.size()) {
            error(descriptor, "it has " + read.size() + " bytes, and what points to it says " + descriptor.size());
        }
        if (!read.mediaType().equals(descriptor.mediaType())) {
            error(descriptor, "it is a " + read.mediaType() + ", and what points to it says " + descriptor.mediaType());
        }
        if (descriptor.platform().isPresent()
                && read.platform().isPresent()
                && descriptor.platform().get().fit(read.platform().get()) == 0) {
            error(
                    descriptor,
                    "the index says it is for " + descriptor.platform().get() + " and the config says "
                            + read.platform().get());
        }
    }

    /** Notes what a document is, and checks the descriptor by which it was found. */
    private void note(Descriptor descriptor, MediaType mediaType, Optional<Platform> platform) {
        Document document = new Document(mediaType, descriptor.size(), platform);
        documents.put(descriptor.digest(), document);
        checkAgainst(descriptor, document);
    }

    private void checkIndex(Descriptor descriptor, int depth) throws IOException {
        Index index = Index.parse(read(descriptor), descriptor.mediaType());
        note(descriptor, index.mediaType(), Optional.empty());
        if (depth == ImageLoader.DEEPEST) {
            error(descriptor, "indexes are nested more than " + ImageLoader.DEEPEST + " deep");
            return;
        }
        Set<Platform> platforms = new HashSet<>();
        for (Descriptor inner : index.manifests()) {
            if (inner.platform().isPresent()
                    && !inner.platform().get().os().equals("unknown")
                    && !platforms.add(inner.platform().get())) {
                warning(descriptor, "it has two entries for " + inner.platform().get());
            }
            check(inner, depth + 1);
        }
    }

    private void checkManifest(Descriptor descriptor) throws IOException {
        Manifest manifest = Manifest.parse(read(descriptor), descriptor.mediaType());
        if (!manifest.config().mediaType().isConfig()) {
            note(descriptor, manifest.mediaType(), Optional.empty());
            layers.checkBytes(manifest.config());
            manifest.lowestFirst().forEach(layers::checkBytes);
            return;
        }
        images++;
        ImageConfig config = readConfig(manifest.config());
        note(descriptor, manifest.mediaType(), Optional.ofNullable(config).map(ImageConfig::platform));
        if (config == null) {
            manifest.lowestFirst().forEach(layers::checkBytes);
            return;
        }
        ConfigFindings.errors(config.execution()).forEach(what -> error(manifest.config(), what));
        ConfigFindings.warnings(config.execution()).forEach(what -> warning(manifest.config(), what));
        checkHistory(manifest, config);
        checkLayers(descriptor, manifest, config);
    }

    private ImageConfig readConfig(Descriptor descriptor) {
        try {
            ImageConfig config = ImageConfig.parse(read(descriptor));
            config.created(); // must be a time
            return config;
        } catch (IOException | RuntimeException e) {
            error(descriptor, "the config cannot be read: " + reason(e));
            return null;
        }
    }

    private void checkHistory(Manifest manifest, ImageConfig config) {
        long lines = config.history().stream()
                .filter(line -> !line.flag("empty_layer").orElse(false))
                .count();
        if (lines != config.diffIds().size() && !config.history().isEmpty()) {
            warning(
                    manifest.config(),
                    "the history has lines for " + lines + " layers, and there are "
                            + config.diffIds().size());
        }
    }

    private void checkLayers(Descriptor descriptor, Manifest manifest, ImageConfig config) {
        int count = manifest.lowestFirst().size();
        if (count != config.diffIds().size()) {
            error(
                    descriptor,
                    "the manifest has " + count + " layers and the config "
                            + config.diffIds().size() + " diffIDs");
            manifest.lowestFirst().forEach(layers::checkBytes);
            return;
        }
        if (count > Image.MAX_LAYERS) {
            warning(descriptor, "it has " + count + " layers; Docker's overlay driver takes " + Image.MAX_LAYERS);
        }
        if (count == 0) {
            warning(descriptor, "it has no layers; some clients refuse such images");
        }
        for (int i = 0; i < count; i++) {
            layers.check(manifest.lowestFirst().get(i), config.diffIds().get(i));
        }
        layers.checkLinks(manifest.lowestFirst(), config.diffIds());
    }

    private byte[] read(Descriptor descriptor) throws IOException {
        return blobs.readSmall(descriptor, OciJson.MAX_DOCUMENT_BYTES);
    }

    static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void error(Descriptor at, String what) {
        findings.add(new Finding(Severity.ERROR, name(at), what));
    }

    private void warning(Descriptor at, String what) {
        findings.add(new Finding(Severity.WARNING, name(at), what));
    }

    /** What people call it, and how to find it. */
    private static String name(Descriptor descriptor) {
        String kind = descriptor.mediaType().isIndex()
                ? "index "
                : descriptor.mediaType().isManifest()
                        ? "manifest "
                        : descriptor.mediaType().isConfig() ? "config " : "blob ";
        return kind + descriptor.digest();
    }
}

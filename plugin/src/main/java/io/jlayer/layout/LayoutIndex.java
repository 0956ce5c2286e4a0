// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import io.jlayer.image.NotOfferedException;
import io.jlayer.oci.AnnotationName;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Index;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The two files at the root of a layout: the mark that it is one, and the index of what it holds.
 *
 * @param index what is here, each under its name if it has one, and whatever others said of it
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">image-layout.md</a>
 */
record LayoutIndex(Index index) {

    static final String MARK_FILE = "oci-layout";
    static final String INDEX_FILE = "index.json";
    static final String MARK = "{\"imageLayoutVersion\":\"1.0.0\"}";

    /** One with nothing in it. */
    static LayoutIndex empty() {
        return of(List.of());
    }

    private static LayoutIndex of(List<Descriptor> manifests) {
        return new LayoutIndex(new Index(Format.OCI, manifests, Collections.emptySortedMap()));
    }

    /** One image under some names; without a name, once. */
    static LayoutIndex of(Descriptor root, List<String> names) {
        return empty().with(root, names);
    }

    /** An image under full names, as {@code docker.io/library/app:1.0}, which containerd looks for by a word of its own. */
    static LayoutIndex forContainerd(Descriptor root, List<String> names) {
        List<Descriptor> named = new ArrayList<>();
        for (String name : names) {
            named.add(root.withAnnotation(AnnotationName.CONTAINERD_NAME, name)
                    .withAnnotation(AnnotationName.REF_NAME, name.substring(name.lastIndexOf(':') + 1)));
        }
        return of(named);
    }

    /**
     * Reads both files.
     *
     * @throws IOException if they are not those of a layout of version 1
     */
    static LayoutIndex parse(byte[] mark, byte[] index) throws IOException {
        try {
            String version = OciJson.parse(mark).requiredText("imageLayoutVersion");
            if (!version.startsWith("1.")) {
                throw new IOException("the layout has version " + version + ", and only 1.0.0 is known");
            }
            Index read = Index.parse(index, MediaType.INDEX);
            return new LayoutIndex(new Index(Format.OCI, read.manifests(), read.annotations(), read.others()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the image layout is broken: " + e.getMessage(), e);
        }
    }

    /** What a directory holds now; nothing, if it is no layout yet. */
    static LayoutIndex read(Path directory) throws IOException {
        if (!Files.exists(directory.resolve(INDEX_FILE))) {
            return empty();
        }
        return parse(
                Files.readAllBytes(directory.resolve(MARK_FILE)), Files.readAllBytes(directory.resolve(INDEX_FILE)));
    }

    List<Descriptor> manifests() {
        return index.manifests();
    }

    byte[] toBytes() {
        return index.toBytes();
    }

    /** This index with an image under some names, which it takes from whatever had them. */
    LayoutIndex with(Descriptor root, List<String> names) {
        List<Descriptor> all = new ArrayList<>(manifests());
        all.removeIf(old ->
                names.contains(name(old)) || (names.isEmpty() && old.digest().equals(root.digest())));
        if (names.isEmpty()) {
            all.add(root);
        }
        for (String name : names) {
            all.add(root.withAnnotation(AnnotationName.REF_NAME, name));
        }
        return new LayoutIndex(index.withManifests(all));
    }

    /**
     * What is meant by a name; without one, the only image here, or the one called {@code latest}, or all of them where
     * none has a name and each is for a platform.
     *
     * @throws IOException saying which names there are
     */
    Descriptor select(Optional<String> name, byte[] document) throws IOException {
        List<Descriptor> manifests = manifests();
        List<Descriptor> candidates = manifests.stream()
                .filter(descriptor -> name.isEmpty() || name.get().equals(name(descriptor)))
                .toList();
        List<String> names =
                manifests.stream().map(LayoutIndex::name).distinct().toList();
        long different = candidates.stream().map(Descriptor::digest).distinct().count();
        if (different == 1) {
            return candidates.get(0);
        } else if (name.isEmpty() && names.contains("latest")) {
            return select(Optional.of("latest"), document);
        } else if (name.isEmpty() && manifests.size() > 1 && names.equals(List.of(""))) {
            return Descriptor.of(MediaType.INDEX, document);
        }
        if (manifests.isEmpty()) {
            throw new IOException("the image layout is empty");
        }
        throw new NotOfferedException(
                "the image layout has " + (name.isEmpty() ? "several images" : "no image '" + name.get() + "'")
                        + "; it has the names " + names);
    }

    private static String name(Descriptor descriptor) {
        return descriptor.annotations().getOrDefault(AnnotationName.REF_NAME, "");
    }

    /** Where a layout keeps a blob. */
    static String blobPath(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }
}

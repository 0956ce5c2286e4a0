// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.BlobSource;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.image.Finding.Severity;
import io.jlayer.layer.Decompression;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.layer.NameBudget;
import io.jlayer.layer.Whiteouts;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Checks layers: their bytes against digest and size, what they unpack to against the diffID, and each entry. A layer that
 * several manifests share is read once.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md">layer.md</a>
 */
final class LayerValidator {

    private final BlobSource blobs;
    private final List<Finding> findings;
    private final Map<Digest, DiffId> read = new HashMap<>();
    private final Set<String> checked = new HashSet<>();
    private final Set<Digest> damaged = new HashSet<>();
    private final Supplier<NameBudget> budget;

    LayerValidator(BlobSource blobs, List<Finding> findings) {
        this(blobs, findings, NameBudget::new);
    }

    /**
     * The same.
     *
     * @param budget for the names of one layer
     */
    LayerValidator(BlobSource blobs, List<Finding> findings, Supplier<NameBudget> budget) {
        this.blobs = blobs;
        this.findings = findings;
        this.budget = budget;
    }

    int count() {
        return read.size();
    }

    /** Checks that the bytes are there and are those that the descriptor speaks of. */
    void checkBytes(Descriptor descriptor) {
        if (!checked.add(descriptor.digest() + " " + descriptor.size())) {
            return;
        }
        try (InputStream in =
                new VerifyingInputStream(blobs.get(descriptor.digest()).open(), descriptor)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            damaged.add(descriptor.digest());
            error(descriptor, ImageValidator.reason(e));
        }
    }

    /** Checks a layer. */
    void check(Descriptor descriptor, DiffId expected) {
        if (!descriptor.mediaType().isLayer()) {
            warning(descriptor, "its media type " + descriptor.mediaType() + " is none that clients know for layers");
        }
        checkBytes(descriptor);
        if (damaged.contains(descriptor.digest())) {
            return; // all else would follow from that
        }
        DiffId known = read.get(descriptor.digest());
        try {
            DiffId actual = known == null ? readEntries(descriptor) : known;
            read.put(descriptor.digest(), actual);
            if (!actual.equals(expected)) {
                error(descriptor, "it unpacks to diffID " + actual + ", and the config says " + expected);
            }
        } catch (IOException | IllegalArgumentException e) {
            error(descriptor, "it cannot be unpacked: " + ImageValidator.reason(e));
        }
    }

    /** Most clients look at the bytes, but some believe what is said. */
    private void checkPacking(Descriptor descriptor) throws IOException {
        boolean plain = descriptor.mediaType().equals(MediaType.LAYER_TAR)
                || descriptor.mediaType().equals(MediaType.DOCKER_LAYER_TAR);
        boolean packed = Decompression.isPacked(blobs.get(descriptor.digest()));
        if (descriptor.mediaType().isLayer() && plain == packed) {
            warning(
                    descriptor,
                    "its media type " + descriptor.mediaType() + " is not that of a " + (packed ? "packed" : "plain")
                            + " tar, which it is");
        }
    }

    private DiffId readEntries(Descriptor descriptor) throws IOException {
        checkPacking(descriptor);
        Set<LayerPath> paths = new HashSet<>();
        Set<LayerPath> files = new HashSet<>();
        NameBudget names = budget.get();
        try (LayerReader reader = LayerReader.open(blobs.get(descriptor.digest()))) {
            for (Optional<LayerReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                LayerReader.Entry entry = next.get();
                names.take(entry.path().value().length());
                if (!paths.add(entry.path())) {
                    error(descriptor, "it has " + entry.path() + " twice");
                }
                checkEntry(descriptor, entry, files);
            }
            return reader.finish();
        }
    }

    private void checkEntry(Descriptor descriptor, LayerReader.Entry entry, Set<LayerPath> files) {
        TarEntry tar = entry.tar();
        if (tar.type() == TarEntry.Type.HARD_LINK) {
            checkHardLink(descriptor, entry, files);
        }
        if (tar.type() == TarEntry.Type.FILE || tar.type() == TarEntry.Type.HARD_LINK) {
            files.add(entry.path());
        }
        Optional<?> whiteout = Whiteouts.parse(entry.path());
        if (whiteout.isPresent() && (tar.type() != TarEntry.Type.FILE || tar.size() > 0)) {
            warning(descriptor, entry.path() + " is a whiteout, and not an empty file");
        }
    }

    private void checkHardLink(Descriptor descriptor, LayerReader.Entry entry, Set<LayerPath> files) {
        LayerPath target = LayerPath.of(entry.tar().linkName());
        if (!files.contains(target)) {
            warning(
                    descriptor,
                    entry.path() + " is a hard link to " + target + ", which does not come before it in this layer");
        }
    }

    private void error(Descriptor at, String what) {
        findings.add(new Finding(Severity.ERROR, "layer " + at.digest(), what));
    }

    private void warning(Descriptor at, String what) {
        findings.add(new Finding(Severity.WARNING, "layer " + at.digest(), what));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.BlobSource;
import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.image.Finding.Severity;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.layer.NameBudget;
import io.jlayer.layer.Packing;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Checks layers: their bytes against digest and size, what they unpack to against the diffID, and each entry. A layer that
 * several manifests share is read once.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md">layer.md</a>
 */
final class LayerValidator {

    /** Who has read that many findings of one layer needs no more. */
    private static final int MOST_OPEN = 1000;

    private final BlobSource blobs;
    private final List<Finding> findings;
    private final Map<Digest, DiffId> read = new HashMap<>();
    private final Map<Digest, List<HardLinks.Open>> open = new HashMap<>();
    private final Map<Digest, Packing> packed = new HashMap<>();
    private final Map<String, Boolean> sound = new HashMap<>();
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

    /** Checks that the bytes are there and are those that the descriptor speaks of, and says whether they are. */
    boolean checkBytes(Descriptor descriptor) {
        String key = key(descriptor);
        Boolean known = sound.get(key);
        if (known == null) {
            known = isSound(descriptor);
            sound.put(key, known);
        }
        return known;
    }

    private static String key(Descriptor descriptor) {
        return descriptor.digest() + " " + descriptor.size();
    }

    private boolean isSound(Descriptor descriptor) {
        try (InputStream in =
                new VerifyingInputStream(blobs.get(descriptor.digest()).open(), descriptor)) {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            error(descriptor, ImageValidator.reason(e));
            return false;
        }
    }

    /** Checks a layer. It is read once for all that is checked: its bytes may come from far. */
    void check(Descriptor descriptor, DiffId expected) {
        if (!descriptor.mediaType().isLayer()) {
            warning(descriptor, "its media type " + descriptor.mediaType() + " is none that clients know for layers");
        }
        if (!read.containsKey(descriptor.digest())) {
            readAll(descriptor);
        }
        if (!checkBytes(descriptor)) {
            return; // all else would follow from that
        }
        checkPacking(descriptor);
        DiffId actual = read.get(descriptor.digest());
        if (actual != null && !actual.equals(expected)) {
            error(descriptor, "it unpacks to diffID " + actual + ", and the config says " + expected);
        }
    }

    /** Some clients look at the bytes, but others believe what is said. */
    private void checkPacking(Descriptor descriptor) {
        String type = descriptor.mediaType().name();
        Packing said = type.endsWith("gzip") ? Packing.GZIP : type.endsWith("zstd") ? Packing.ZSTD : Packing.PLAIN;
        Packing packing = packed.get(descriptor.digest());
        if (descriptor.mediaType().isLayer() && packing != said) {
            error(descriptor, "it " + packing + ", which is not what its media type " + type + " says");
        }
    }

    /** What is found in bytes that turn out to be others is not told. */
    private void readAll(Descriptor descriptor) {
        int before = findings.size();
        try (LayerBytes bytes = LayerBytes.open(blobs.get(descriptor.digest()), descriptor)) {
            String unreadable = "";
            try {
                read.put(descriptor.digest(), readEntries(descriptor, bytes));
            } catch (IOException | IllegalArgumentException e) {
                unreadable = "it cannot be unpacked: " + ImageValidator.reason(e);
            }
            bytes.finish();
            packed.put(descriptor.digest(), bytes.packing());
            sound.put(key(descriptor), true);
            if (!unreadable.isEmpty()) {
                error(descriptor, unreadable);
            }
        } catch (IOException e) {
            read.remove(descriptor.digest());
            open.remove(descriptor.digest());
            sound.put(key(descriptor), false);
            findings.subList(before, findings.size()).clear();
            error(descriptor, ImageValidator.reason(e));
        }
    }

    private DiffId readEntries(Descriptor descriptor, LayerBytes bytes) throws IOException {
        Set<LayerPath> paths = new HashSet<>();
        Set<LayerPath> files = new HashSet<>();
        NameBudget names = budget.get();
        try (LayerReader reader = LayerReader.open(bytes::stream)) {
            for (Optional<LayerReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                LayerReader.Entry entry = next.get();
                names.take(entry.path().value().length());
                if (!paths.add(entry.path())) {
                    error(descriptor, "it has " + entry.path() + " twice");
                }
                EntryFindings.error(entry.path(), entry.tar(), reader.form())
                        .ifPresent(what -> error(descriptor, what));
                EntryFindings.warning(entry.path(), entry.tar(), reader.form())
                        .ifPresent(what -> warning(descriptor, what));
                checkHardLink(descriptor, entry, files);
            }
            DiffId diffId = reader.finish();
            long behind = reader.bytesBehindGzip(descriptor.size());
            if (behind > 0) {
                warning(
                        descriptor,
                        "behind its gzip stream are " + behind + " bytes that are none; some clients refuse it");
            }
            return diffId;
        }
    }

    private void checkHardLink(Descriptor descriptor, LayerReader.Entry entry, Set<LayerPath> files) {
        if (entry.tar().type() == TarEntry.Type.HARD_LINK) {
            LayerPath target = LayerPath.of(entry.tar().linkName());
            List<HardLinks.Open> links = open.computeIfAbsent(descriptor.digest(), digest -> new ArrayList<>());
            if (!files.contains(target) && links.size() < MOST_OPEN) {
                links.add(new HardLinks.Open(entry.path(), target));
            }
        }
        if (entry.tar().type() != TarEntry.Type.DIRECTORY) {
            files.add(entry.path());
        }
    }

    /** Looks for what hard links name in the layers below, once all of them were checked. */
    void checkLinks(List<Descriptor> lowestFirst, List<DiffId> diffIds) {
        HardLinks hardLinks = new HardLinks();
        int last = lowestFirst.size() - 1;
        while (last >= 0 && openOf(lowestFirst.get(last)).isEmpty()) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            Descriptor descriptor = lowestFirst.get(i);
            Layer layer = new Layer(
                    diffIds.get(i),
                    descriptor,
                    () -> blobs.get(descriptor.digest()).open(),
                    OptionalLong.empty());
            try {
                findings.addAll(hardLinks.next("layer " + descriptor.digest(), layer, openOf(descriptor)));
            } catch (IOException | IllegalArgumentException e) {
                warning(
                        descriptor,
                        "where hard links of it and of those above lead cannot be seen: " + ImageValidator.reason(e));
                return;
            }
        }
    }

    private List<HardLinks.Open> openOf(Descriptor layer) {
        return open.getOrDefault(layer.digest(), List.of());
    }

    private void error(Descriptor at, String what) {
        findings.add(new Finding(Severity.ERROR, "layer " + at.digest(), what));
    }

    private void warning(Descriptor at, String what) {
        findings.add(new Finding(Severity.WARNING, "layer " + at.digest(), what));
    }
}

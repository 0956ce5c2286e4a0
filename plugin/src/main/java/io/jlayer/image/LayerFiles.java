// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.blob.VerifyingInputStream;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import io.jlayer.layer.NameBudget;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Everything that one layer holds, but the bytes of files. Memory is bounded by the names, and reading fails
 * before they take all of it. Immutable.
 */
public final class LayerFiles {

    private static final int LONGEST_LINK = 4095;
    private static final int BUFFER = 64 << 10;

    private final Layer layer;
    private final List<LayerFile> inTar;
    private final NavigableMap<LayerPath, LayerFile> tree;
    private final List<FileEntry> whiteouts;
    private final long tarSize;

    private LayerFiles(Layer layer, Reading reading, long tarSize) throws IOException {
        this.layer = layer;
        this.inTar = Collections.unmodifiableList(reading.inTar);
        this.whiteouts = List.copyOf(reading.tree.hide(reading.whiteouts));
        this.tree = Collections.unmodifiableNavigableMap(reading.tree.files());
        this.tarSize = tarSize;
    }

    /**
     * Reads all of a layer, and checks it against its diffID.
     *
     * @throws IOException if it cannot be read, is broken or another one, or would leave the root; the message names it
     */
    public static LayerFiles read(Layer layer) throws IOException {
        return read(layer, new NameBudget());
    }

    /** As {@link #read(Layer)}, for one of several layers, whose names are counted together. */
    public static LayerFiles read(Layer layer, NameBudget names) throws IOException {
        try (LayerReader reader = LayerReader.openAhead(layer.blob())) {
            Reading reading = new Reading(names);
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                reading.add(entry.get(), reader.content());
            }
            reader.verify(layer.diffId());
            return new LayerFiles(layer, reading, reader.tarSize());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("read layer " + layer.descriptor().digest() + ": " + e.getMessage(), e);
        }
    }

    /** Whose files these are. */
    public Layer layer() {
        return layer;
    }

    /** The entries in the order of the tar, as they stand there: whiteouts too, as empty files with reserved names. */
    public List<LayerFile> inTar() {
        return inTar;
    }

    /**
     * What is there when the layer alone is unpacked: of entries with one name the last, each where links within the layer
     * put it, with the directories that have no entry; no whiteouts.
     */
    public NavigableMap<LayerPath, LayerFile> tree() {
        return tree;
    }

    /** What it hides of the layers below: {@link FileEntry.Whiteout} and {@link FileEntry.OpaqueWhiteout} only. */
    public List<FileEntry> whiteouts() {
        return whiteouts;
    }

    /** Copies the bytes that have this digest; false if the layer has no file of them. */
    boolean copyContent(Optional<Digest> content, OutputStream to) throws IOException {
        int index = 0;
        while (index < inTar.size()
                && (content.isEmpty() || !inTar.get(index).content().equals(content))) {
            index++;
        }
        if (index == inTar.size()) {
            return false;
        }
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            for (int passed = 0; passed < index; passed++) {
                reader.next();
            }
            if (reader.next().isEmpty()) {
                throw new IOException("read layer " + layer.descriptor().digest() + ": it changed meanwhile");
            }
            new VerifyingInputStream(reader.content(), content.get()).transferTo(to);
            return true;
        }
    }

    /** Length of its tar in bytes. */
    public long tarSize() {
        return tarSize;
    }

    /** What was read so far. */
    private static final class Reading {

        private final List<LayerFile> inTar = new ArrayList<>();
        private final LayerTree tree = new LayerTree();
        private final List<FileEntry> whiteouts = new ArrayList<>();
        private final MessageDigest hash = Digest.newSha256();
        private final byte[] buffer = new byte[BUFFER];
        private final NameBudget names;

        Reading(NameBudget names) {
            this.names = names;
        }

        void add(LayerReader.Entry entry, InputStream content) throws IOException {
            TarEntry tar = entry.tar();
            checkSize(entry);
            Optional<Digest> digest = tar.type() == TarEntry.Type.FILE ? Optional.of(hash(content)) : Optional.empty();
            LayerFile file = LayerFile.of(entry.path(), tar, entry.metadata(), digest);
            inTar.add(file);
            if (entry.whiteout().isPresent()) {
                whiteouts.add(entry.whiteout().get());
            } else {
                tree.add(file);
            }
        }

        private void checkSize(LayerReader.Entry entry) throws IOException {
            int link = entry.tar().linkName().length();
            if (link > LONGEST_LINK) {
                throw new IOException(
                        "the link at " + entry.path() + " is longer than " + LONGEST_LINK + " characters");
            }
            names.take(entry.path().value().length() + link);
        }

        private Digest hash(InputStream content) throws IOException {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                hash.update(buffer, 0, count);
            }
            return Digest.of(hash);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.inspect;

import io.jlayer.image.ImageFiles;
import io.jlayer.image.ImageFiles.Hidden;
import io.jlayer.image.ImageFiles.Seen;
import io.jlayer.image.LayerFile;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.Digest;
import io.jlayer.tar.TarEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an image carries for nothing.
 *
 * @param hidden files whose bytes no container sees, since a layer above replaces or deletes them, biggest first
 * @param equal files that lie in several places, those first that cost most
 */
public record Waste(List<Hidden> hidden, List<Equal> equal) {

    /**
     * A file that is there more than once, by itself and not by a link.
     *
     * @param size bytes of one
     * @param places where it is, sorted
     */
    public record Equal(long size, List<LayerPath> places) {

        /** Bytes that would be spared if there were but one. */
        public long spare() {
            return size * (places.size() - 1);
        }
    }

    /** A file of a layer by its bytes. */
    private record Content(int layer, Digest digest) {}

    static Waste of(ImageFiles files) {
        return new Waste(hidden(files), equal(files));
    }

    /** Bytes of the hidden files. */
    public long hiddenSize() {
        return hidden.stream().mapToLong(one -> one.file().size()).sum();
    }

    /** Bytes of the equal files but one of each. */
    public long equalSize() {
        return equal.stream().mapToLong(Equal::spare).sum();
    }

    private static List<Hidden> hidden(ImageFiles files) {
        Set<Content> linked = new HashSet<>();
        for (Seen seen : files.tree().values()) {
            if (seen.file().type() == TarEntry.Type.HARD_LINK
                    && seen.file().content().isPresent()) {
                linked.add(new Content(seen.layer(), seen.file().content().get()));
            }
        }
        List<Hidden> hidden = new ArrayList<>();
        for (Hidden one : files.hidden()) {
            LayerFile file = one.file();
            // What another name still shows is there for something.
            if (file.storedSize() > 0
                    && !linked.contains(new Content(one.layer(), file.content().get()))) {
                hidden.add(one);
            }
        }
        hidden.sort(Comparator.comparingLong((Hidden one) -> -one.file().size())
                .thenComparing(one -> one.file().path())
                .thenComparingInt(Hidden::layer));
        return List.copyOf(hidden);
    }

    private static List<Equal> equal(ImageFiles files) {
        Map<Digest, Seen> first = new HashMap<>();
        Map<Digest, List<LayerPath>> places = new HashMap<>();
        for (Seen seen : files.tree().values()) {
            if (seen.file().storedSize() > 0) {
                Digest digest = seen.file().content().get();
                Seen before = first.putIfAbsent(digest, seen);
                if (before != null) {
                    places.computeIfAbsent(
                                    digest,
                                    key -> new ArrayList<>(List.of(before.file().path())))
                            .add(seen.file().path());
                }
            }
        }
        List<Equal> equal = new ArrayList<>();
        places.forEach(
                (digest, paths) -> equal.add(new Equal(first.get(digest).file().size(), List.copyOf(paths))));
        equal.sort(Comparator.comparingLong((Equal one) -> -one.spare())
                .thenComparing(one -> one.places().get(0)));
        return List.copyOf(equal);
    }
}

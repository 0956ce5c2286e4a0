// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.diff.FileChange.EntryChange;
import io.jlayer.image.ImageFiles;
import io.jlayer.image.LayerFile;
import io.jlayer.image.LayerFiles;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds what differs within jars of which both images have a version. */
final class ArchiveChanges {

    private final ArchiveFiles archives;

    ArchiveChanges(ArchiveFiles archives) {
        this.archives = archives;
    }

    /** The same changes, those of jars with what differs within. */
    List<FileChange> within(List<FileChange> changes, ImageFiles old, ImageFiles now) throws IOException {
        List<FileChange> jars = changes.stream().filter(ArchiveChanges::isJar).toList();
        Map<Digest, SortedMap<String, ArchiveFiles.Content>> before = read(old, jars, FileChange::before);
        Map<Digest, SortedMap<String, ArchiveFiles.Content>> after = read(now, jars, FileChange::after);
        List<FileChange> all = new ArrayList<>();
        for (FileChange change : changes) {
            SortedMap<String, ArchiveFiles.Content> from =
                    change.before().flatMap(LayerFile::content).map(before::get).orElse(null);
            SortedMap<String, ArchiveFiles.Content> to =
                    change.after().flatMap(LayerFile::content).map(after::get).orElse(null);
            all.add(from == null || to == null ? change : change.withWithin(entries(from, to)));
        }
        return all;
    }

    private static boolean isJar(FileChange change) {
        return change.why().contains(Why.CONTENT)
                && NameShape.isArchive(change.latest().path().name());
    }

    /**
     * By the digests of their bytes. Those may stand in any layer, and under another name than the jar has in the image: it
     * may be a hard link, or below a link to a directory.
     */
    private Map<Digest, SortedMap<String, ArchiveFiles.Content>> read(
            ImageFiles image, List<FileChange> jars, Function<FileChange, Optional<LayerFile>> side)
            throws IOException {
        Set<Digest> wanted = new HashSet<>();
        jars.forEach(jar -> side.apply(jar).flatMap(LayerFile::content).ifPresent(wanted::add));
        Map<Digest, SortedMap<String, ArchiveFiles.Content>> found = new HashMap<>();
        for (LayerFiles layer : image.lowestFirst()) {
            Map<Integer, Digest> entries = new TreeMap<>();
            for (int number = 0; number < layer.inTar().size(); number++) {
                Optional<Digest> content = layer.inTar().get(number).content();
                if (content.isPresent() && wanted.remove(content.get())) {
                    entries.put(number, content.get());
                }
            }
            if (!entries.isEmpty()) {
                found.putAll(archives.read(layer.layer(), entries));
            }
        }
        return found;
    }

    private static List<EntryChange> entries(
            SortedMap<String, ArchiveFiles.Content> before, SortedMap<String, ArchiveFiles.Content> after) {
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<EntryChange> changes = new ArrayList<>();
        for (String name : names) {
            ArchiveFiles.Content old = before.get(name);
            ArchiveFiles.Content now = after.get(name);
            if (old == null) {
                changes.add(new EntryChange(Kind.ADDED, name, 0, now.size()));
            } else if (now == null) {
                changes.add(new EntryChange(Kind.DELETED, name, old.size(), 0));
            } else if (!old.equals(now)) {
                changes.add(new EntryChange(Kind.CHANGED, name, old.size(), now.size()));
            }
        }
        return changes;
    }
}

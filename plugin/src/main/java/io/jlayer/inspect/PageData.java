// SPDX-License-Identifier: Apache-2.0
package io.jlayer.inspect;

import io.jlayer.image.ImageFiles.Hidden;
import io.jlayer.image.LayerFile;
import io.jlayer.image.LayerFiles;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.tar.TarEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the script of the page draws. Of a file: number of its directory in the same list, name, kind, size, number of its
 * metadata (negative where the layer has no entry for it, and so says nothing of it), fate (0: seen; the number of the layer that replaces it, negative if that deletes it), where a link leads.
 */
final class PageData {

    private static final int MOST_LISTED = 15;
    private static final int NO_PARENT = -1;
    private static final int IMPLIED = -1;

    private final Inspection inspection;
    private final Map<List<Long>, Integer> metas = new LinkedHashMap<>();

    PageData(Inspection inspection) {
        this.inspection = inspection;
    }

    JsonObject toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        Inspection.Subject subject = inspection.subject();
        json.put("name", subject.name());
        json.put("root", subject.root().digest().toString());
        json.put("manifest", subject.manifest().digest().toString());
        json.put("platform", inspection.image().platform().toString());
        json.put("others", subject.others().stream().map(Platform::toString).toList());
        json.put("created", inspection.image().config().json().text("created").orElse(""));
        json.put("packed", inspection.packed());
        json.put(
                "unpacked",
                inspection.layers().stream().mapToLong(LayerFacts::unpacked).sum());
        json.put("content", inspection.content());
        json.put("hiddenSize", inspection.waste().hiddenSize());
        json.put(
                "facts",
                RunFacts.of(inspection.image().config()).stream()
                        .map(fact -> List.of(fact.name(), fact.values()))
                        .toList());
        json.put(
                "annotations",
                inspection.annotations().entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .toList());
        json.put("layers", layers());
        json.put("metas", List.copyOf(metas.keySet()));
        json.put(
                "biggest",
                inspection.biggest(MOST_LISTED).stream()
                        .map(seen -> List.of(
                                seen.file().path().toString(), seen.file().size(), seen.layer() + 1))
                        .toList());
        json.put("hidden", hidden());
        json.put("equal", equal());
        return JsonObject.of(json);
    }

    private List<Object> hidden() {
        return inspection.waste().hidden().stream()
                .limit(MOST_LISTED)
                .<Object>map(
                        one -> List.of(one.file().path().toString(), one.file().size(), one.layer() + 1, fate(one)))
                .toList();
    }

    private List<Object> equal() {
        return inspection.waste().equal().stream()
                .limit(MOST_LISTED)
                .<Object>map(one -> List.of(
                        one.spare(),
                        one.places().stream().map(LayerPath::toString).toList()))
                .toList();
    }

    private static int fate(Hidden hidden) {
        return (hidden.deleted() ? -1 : 1) * (hidden.by() + 1);
    }

    private List<JsonObject> layers() {
        List<Map<LayerPath, Integer>> fates = new ArrayList<>();
        inspection.layers().forEach(layer -> fates.add(new HashMap<>()));
        inspection.files().hidden().forEach(one -> fates.get(one.layer())
                .put(one.file().path(), fate(one)));
        long[] hidden = new long[fates.size()];
        inspection
                .waste()
                .hidden()
                .forEach(one -> hidden[one.layer()] += one.file().size());
        List<JsonObject> layers = new ArrayList<>();
        for (LayerFacts facts : inspection.layers()) {
            int index = facts.number() - 1;
            layers.add(JsonObject.of(layer(facts, hidden[index], fates.get(index))));
        }
        return layers;
    }

    private Map<String, Object> layer(LayerFacts facts, long hidden, Map<LayerPath, Integer> fates) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", facts.number());
        json.put("name", facts.name());
        json.put("origin", facts.origin());
        json.put("by", facts.createdBy());
        json.put("digest", facts.layer().descriptor().digest().toString());
        json.put("diffId", facts.layer().diffId().toString());
        json.put("mediaType", facts.layer().descriptor().mediaType().name());
        json.put("packed", facts.packed());
        json.put("unpacked", facts.unpacked());
        json.put("count", facts.count());
        json.put("hidden", hidden);
        json.put("files", files(inspection.files().lowestFirst().get(facts.number() - 1), fates));
        return json;
    }

    private List<Object> files(LayerFiles layer, Map<LayerPath, Integer> fates) {
        Map<LayerPath, Integer> numbers = new HashMap<>();
        numbers.put(LayerPath.ROOT, NO_PARENT);
        List<Object> files = new ArrayList<>();
        for (LayerFile file : layer.tree().values()) {
            if (file.path().isRoot()) {
                continue;
            }
            if (file.isDirectory()) {
                numbers.put(file.path(), files.size());
            }
            files.add(entry(file, numbers.get(file.path().parent()), fates.getOrDefault(file.path(), 0)));
        }
        for (FileEntry whiteout : layer.whiteouts()) {
            boolean opaque = whiteout instanceof FileEntry.OpaqueWhiteout;
            LayerPath directory = opaque ? whiteout.path() : whiteout.path().parent();
            files.add(List.of(
                    numbers.get(directory), opaque ? "*" : whiteout.path().name(), opaque ? "o" : "w", 0, 0, 0));
        }
        return files;
    }

    private List<Object> entry(LayerFile file, int parent, int fate) {
        int meta = file.implied() ? IMPLIED : meta(file.metadata());
        List<Object> entry =
                new ArrayList<>(List.of(parent, file.path().name(), kind(file.type()), file.size(), meta, fate));
        if (!file.link().isEmpty()) {
            entry.add(file.link());
        }
        return entry;
    }

    private int meta(Metadata metadata) {
        List<Long> meta = List.of((long) metadata.mode(), metadata.uid(), metadata.gid(), metadata.mtime());
        Integer known = metas.putIfAbsent(meta, metas.size());
        return known != null ? known : metas.size() - 1;
    }

    private static String kind(TarEntry.Type type) {
        return switch (type) {
            case FILE -> "f";
            case HARD_LINK -> "h";
            case SYMLINK -> "l";
            case CHARACTER_DEVICE -> "c";
            case BLOCK_DEVICE -> "b";
            case DIRECTORY -> "d";
            case FIFO -> "p";
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Owners that only a process in the user's namespace can give. They are given all at once, when the tree is whole: then no
 * name can lead elsewhere any more.
 */
final class OwnersToCome {

    /** As $1 the owners, as $2 a file with names; a new owner takes set-id bits away, so $3 gives a mode back. */
    private static final String GIVE = "while [ $# -gt 0 ]; do"
            + " xargs -0 -r chown -h \"$1\" <\"../$2\" || exit;"
            + " [ -z \"$3\" ] || xargs -0 -r chmod \"$3\" <\"../$2\" || exit; shift 3; done";

    private final Path root;
    private final Ownership ownership;
    private final TreeMap<String, Group> files = new TreeMap<>();

    /** Files to be treated alike; the mode is empty where it stays. */
    private record Group(String owner, String mode) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            return (owner + " " + mode).compareTo(other.owner + " " + other.mode);
        }
    }

    OwnersToCome(Path root, Ownership ownership) {
        this.root = root;
        this.ownership = ownership;
    }

    void add(LayerPath at, Metadata metadata, boolean modeAgain) {
        String mode = modeAgain ? Integer.toOctalString(metadata.mode()) : "";
        files.put(at.value(), new Group(metadata.uid() + ":" + metadata.gid(), mode));
    }

    void alsoAt(LayerPath file, LayerPath link) {
        Group group = files.get(file.value());
        if (group != null) {
            files.put(link.value(), group);
        }
    }

    void remove(LayerPath at) {
        files.remove(at.value());
        files.subMap(at.value() + "/", at.value() + "0").clear();
    }

    void finish() throws IOException {
        if (files.isEmpty()) {
            return;
        }
        TreeMap<Group, List<String>> groups = new TreeMap<>();
        files.forEach((file, group) ->
                groups.computeIfAbsent(group, any -> new ArrayList<>()).add(file));
        List<String> command = new ArrayList<>(List.of(HostPrograms.require("sh"), "-c", GIVE, "sh"));
        List<Path> lists = new ArrayList<>();
        for (Map.Entry<Group, List<String>> group : groups.entrySet()) {
            Path list = root.resolveSibling("owners-" + lists.size());
            write(list, group.getValue());
            lists.add(list);
            command.addAll(List.of(group.getKey().owner, list.getFileName().toString(), group.getKey().mode));
        }
        HostCommand.runAs(ownership, command, root);
        for (Path list : lists) {
            Files.delete(list);
        }
    }

    /** Deepest first: a directory that has its owner may be closed to us. */
    private static void write(Path list, List<String> names) throws IOException {
        try (OutputStream out = Files.newOutputStream(list)) {
            for (int i = names.size() - 1; i >= 0; i--) {
                out.write(("./" + names.get(i)).getBytes(UTF_8));
                out.write(0);
            }
        }
    }
}

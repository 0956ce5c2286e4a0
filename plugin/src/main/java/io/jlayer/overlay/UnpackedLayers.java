// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.blob.StoreItem;
import io.jlayer.blob.StoreItem.Hold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What lies in the directory of {@link LayerDirectories}, to be removed or not. */
public final class UnpackedLayers {

    private static final Pattern LAYER = Pattern.compile("(chain-)?[0-9a-f]{64}");

    /** What is being unpacked, and what a pruning that was killed took away. */
    private static final Pattern DRAFT = Pattern.compile("(.+)\\.draft|\\..+\\.tmp");

    private final Ownership own;
    private final Set<String> needed;

    /**
     * Layers of this user.
     *
     * @param own whose unpacked files can be removed now
     * @param needed the names of those that stay in any case
     */
    public UnpackedLayers(Ownership own, Set<String> needed) {
        this.own = own;
        this.needed = Set.copyOf(needed);
    }

    /** All in {@code root}; links are passed over. */
    public List<StoreItem> in(Path root) throws IOException {
        List<StoreItem> items = new ArrayList<>();
        for (Path form : directories(root)) {
            Ownership ownership = ownership(FileNames.text(form.getFileName()));
            for (Path tree : directories(form)) {
                item(tree, ownership).ifPresent(items::add);
            }
        }
        return items;
    }

    /** Trees for drafts, as others make them in a store. */
    public static List<StoreItem> drafts(List<Path> trees) throws IOException {
        List<StoreItem> items = new ArrayList<>();
        for (Path tree : trees) {
            items.add(StoreTree.draft(tree, new Ownership.Flat(), Optional.empty()));
        }
        return items;
    }

    /** Removes the locks of layers that are not there, and that nobody is unpacking. */
    public static void removeLocks(Path root) throws IOException {
        for (Path form : directories(root)) {
            for (Path lock : Listing.matching(form, "*" + LayerDirectories.LOCK)) {
                String name = FileNames.text(lock.getFileName());
                Path layer = form.resolve(name.substring(0, name.length() - LayerDirectories.LOCK.length()));
                if (!Files.exists(layer, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(lock);
                }
            }
        }
    }

    private Optional<StoreItem> item(Path tree, Ownership ownership) throws IOException {
        String name = FileNames.text(tree.getFileName());
        Optional<Hold> hold = ownership == null ? Optional.of(Hold.OUT_OF_REACH) : Optional.empty();
        if (DRAFT.matcher(name).matches()) {
            return Optional.of(StoreTree.draft(tree, ownership, hold));
        } else if (!LAYER.matcher(name).matches()) {
            return Optional.empty();
        }
        Path trace = tree.resolve(LayerDirectories.META);
        Optional<Hold> trial = needed.contains(name) ? Optional.of(Hold.TRIAL) : hold;
        return Optional.of(StoreTree.layer(tree, trace, ownership, trial));
    }

    /** Null if this process cannot remove what lies there. */
    private Ownership ownership(String name) {
        if (name.equals(own.name())) {
            return own;
        }
        Ownership flat = new Ownership.Flat();
        return name.equals(flat.name()) ? flat : null;
    }

    private static List<Path> directories(Path root) throws IOException {
        List<Path> directories = new ArrayList<>();
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            return directories;
        }
        for (Path path : Listing.of(root).files()) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                directories.add(path);
            }
        }
        directories.sort(null);
        return directories;
    }
}

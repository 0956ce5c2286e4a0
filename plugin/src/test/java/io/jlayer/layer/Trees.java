// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import io.jlayer.tar.XattrValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Random entries of a layer, the same for the same seed. */
final class Trees {

    private static final String[] NAMES = {
        "a", "lib", "\u00e4\u20ac", "n".repeat(120), "with blank", "x.jar", "-", "\ud83d\ude00", "new\nline", "?"
    };

    private final Random random;
    private final Set<LayerPath> taken = new HashSet<>();
    private final List<LayerPath> directories = new ArrayList<>(List.of(LayerPath.ROOT));
    private final List<FileEntry.Regular> files = new ArrayList<>();

    private Trees(long seed) {
        random = new Random(seed);
    }

    static List<FileEntry> random(long seed, int count) {
        Trees trees = new Trees(seed);
        List<FileEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(trees.next());
        }
        return Collections.unmodifiableList(entries);
    }

    private FileEntry next() {
        LayerPath path = path();
        return switch (random.nextInt(9)) {
            case 0, 1 -> {
                directories.add(path);
                yield new FileEntry.Directory(path, metadata());
            }
            case 2 -> new FileEntry.Symlink(path, metadata().withMode(0777), NAMES[random.nextInt(NAMES.length)]);
            case 3 -> hardLink(path);
            case 4 -> new FileEntry.Whiteout(path);
            case 5 ->
                random.nextBoolean()
                        ? new FileEntry.Fifo(path, metadata())
                        : new FileEntry.Device(path, metadata(), random.nextBoolean(), random.nextInt(256), 7);
            default -> regular(path);
        };
    }

    private LayerPath path() {
        LayerPath path;
        do {
            LayerPath parent = directories.get(random.nextInt(directories.size()));
            path = parent.resolve(NAMES[random.nextInt(NAMES.length)] + random.nextInt(1000));
        } while (path.value().length() > 1000 || !taken.add(path));
        return path;
    }

    private FileEntry hardLink(LayerPath path) {
        if (files.isEmpty()) {
            return regular(path);
        }
        FileEntry.Regular target = files.get(random.nextInt(files.size()));
        return new FileEntry.HardLink(path, target.metadata(), target.path());
    }

    private FileEntry regular(LayerPath path) {
        FileEntry.Regular file = new FileEntry.Regular(path, metadata(), FileContent.of(bytes()));
        files.add(file);
        return file;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20) == 0 ? random.nextInt(2_000_000) : random.nextInt(2000)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private Metadata metadata() {
        TreeMap<String, XattrValue> xattrs = new TreeMap<>();
        if (random.nextInt(6) == 0) {
            xattrs.put("user." + NAMES[random.nextInt(3)], XattrValue.of(NAMES[random.nextInt(NAMES.length)]));
        }
        long owner = random.nextInt(4) == 0 ? 1L << random.nextInt(32) : 0;
        return new Metadata(random.nextInt(010000), owner, owner, random.nextInt(3) - 1, xattrs);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.DraftName;
import io.jlayer.blob.StoreItem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A directory in a store with all that is in it. */
final class StoreTree implements StoreItem {

    private final Kind kind;
    private final Path tree;
    /** The file or directory whose times tell of its use. */
    private final Path trace;

    private final Ownership ownership;
    private final Optional<Hold> hold;
    private final Instant used;
    private final long size;
    private Path away;

    private StoreTree(Kind kind, Path tree, Path trace, Ownership ownership, Optional<Hold> hold) throws IOException {
        this.kind = kind;
        this.tree = tree;
        this.trace = trace;
        this.ownership = ownership;
        this.hold = hold;
        this.used = lastUse(trace);
        this.size = sizeOf(tree);
    }

    /** A layer that is unpacked; uses of it are noted at {@code trace}. */
    static StoreTree layer(Path tree, Path trace, Ownership ownership, Optional<Hold> hold) throws IOException {
        return new StoreTree(Kind.UNPACKED_LAYERS, tree, trace, ownership, hold);
    }

    /** What somebody began to write. */
    static StoreTree draft(Path tree, Ownership ownership, Optional<Hold> hold) throws IOException {
        return new StoreTree(Kind.DRAFTS, tree, tree, ownership, hold);
    }

    /** Nothing there has never been used. To list a directory is no use of it. */
    private static Instant lastUse(Path trace) throws IOException {
        try {
            BasicFileAttributes look =
                    Files.readAttributes(trace, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileTime one = look.isDirectory() ? look.lastModifiedTime() : look.lastAccessTime();
            FileTime other = look.lastModifiedTime();
            return (one.compareTo(other) < 0 ? other : one).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MIN;
        }
    }

    /** Bytes of regular files, each once; of what this user may look at. */
    private static long sizeOf(Path tree) throws IOException {
        Set<Object> seen = new HashSet<>();
        long[] size = {0};
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Object key = attributes.fileKey();
                if (attributes.isRegularFile() && (key == null || seen.add(key))) {
                    size[0] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // of another owner within, or just gone
            }
        });
        return size[0];
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Instant used() {
        return used;
    }

    @Override
    public Optional<Hold> hold() {
        return hold;
    }

    /** A pruning that is killed leaves it under a name that is nobody's. */
    @Override
    public boolean takeAway() throws IOException {
        if (!lastUse(trace).equals(used)) {
            return false;
        }
        away = DraftName.beside(tree);
        try {
            Files.move(tree, away, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public boolean free() throws IOException {
        return TreeRemoval.remove(away, ownership);
    }
}

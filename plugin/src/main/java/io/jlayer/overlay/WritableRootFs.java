// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.BlobStore;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerDraft;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * A stack of layers with a private writable layer on top, ready to be mounted by a process in a mount namespace of its own,
 * so that the mount is gone when the last process in it is, however it ends.
 *
 * <pre>
 * l/        links to the layers; the directory to mount from
 * rw/u      what was written: overlayfs' upper directory
 * rw/w      overlayfs' own
 * rw/fuse   there if fuse-overlayfs wrote, also in an earlier trial
 * m/        where to mount; empty outside
 * </pre>
 */
public final class WritableRootFs implements AutoCloseable {

    /** In the directory of the upper and the work directory: there if fuse-overlayfs wrote, which has marks of its own. */
    public static final String FUSE = "fuse";

    private final RootFs lower;
    private final Path directory;
    private final String lowerNames;

    private WritableRootFs(RootFs lower, Path directory, String lowerNames) {
        this.lower = lower;
        this.directory = directory;
        this.lowerNames = lowerNames;
    }

    /**
     * Makes one in an existing directory that is not used by another; what was written there before is found again.
     *
     * @param lower at least one layer
     */
    public static WritableRootFs in(Path directory, RootFs lower) throws IOException {
        TreeRemoval.remove(directory.resolve("l"), lower.ownership());
        Path links = Files.createDirectory(directory.resolve("l"));
        Files.createDirectories(directory.resolve("m"));
        WritableRootFs rootFs = new WritableRootFs(lower, directory, lower.link(links));
        if (!Files.isDirectory(rootFs.upper())) {
            Files.createDirectories(rootFs.upper());
            rootFs.likeLowerRoot();
        }
        TreeRemoval.remove(directory.resolve("rw").resolve("w"), lower.ownership());
        Files.createDirectory(directory.resolve("rw").resolve("w"));
        return rootFs;
    }

    /** The upper directory is what a process within sees as the root. */
    private void likeLowerRoot() throws IOException {
        Path root = lower.describing(LayerPath.ROOT)
                .orElse(lower.lowestFirst().get(0).directory());
        FileStatus status = FileStatus.of(root);
        if (lower.ownership().real()) {
            Files.setAttribute(upper(), "unix:uid", (int) status.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(upper(), "unix:gid", (int) status.gid(), LinkOption.NOFOLLOW_LINKS);
        }
        Files.setAttribute(upper(), "unix:mode", status.mode());
    }

    public RootFs lower() {
        return lower;
    }

    /** The directory that the paths in the options start from. */
    public Path workingDirectory() {
        return directory.resolve("l");
    }

    public Path mountPoint() {
        return directory.resolve("m");
    }

    public Path upper() {
        return directory.resolve("rw").resolve("u");
    }

    /** The lower layers as overlayfs names them, from {@link #workingDirectory}. */
    public String lowerNames() {
        return lowerNames;
    }

    /**
     * Options for a mount of type overlay, from {@link #workingDirectory}.
     *
     * @param writable the directory of the upper and the work directory, as {@code ../rw}
     * @param extra some more, such as {@code ro}
     */
    public String options(String writable, List<String> extra) {
        return "lowerdir=" + lowerNames + ",upperdir=" + writable + "/u,workdir=" + writable + "/w,userxattr"
                + (extra.isEmpty() ? "" : "," + String.join(",", extra));
    }

    private UpperReader reader() {
        boolean byFuse = Files.exists(directory.resolve("rw").resolve(FUSE));
        return new UpperReader(upper(), lower, byFuse);
    }

    /** What was written, against what is below. To be called when nothing is mounted any more. */
    public Changes changes() throws IOException {
        return reader().changes();
    }

    /** What was written, as a layer on top of those below. To be called when nothing is mounted any more. */
    public Layer layer(BlobStore store) throws IOException {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                LayerDraft draft = new LayerDraft(store, Compression.GZIP, workers)) {
            reader().write(draft);
            return draft.commit();
        }
    }

    /** Removes all that was written, and the rest of the directory; the directory itself stays. */
    @Override
    public void close() throws IOException {
        for (String name : List.of("l", "rw", "m")) {
            TreeRemoval.remove(directory.resolve(name), lower.ownership());
        }
    }
}

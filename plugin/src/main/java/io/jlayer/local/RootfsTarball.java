// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.ElfHeader;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Decompression;
import io.jlayer.layer.LayerDraft;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.NameBudget;
import io.jlayer.layer.Whiteouts;
import io.jlayer.layer.Workers;
import io.jlayer.local.RootfsSource.Imported;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A root file system that is a tarball. It is written anew as a layer: owners, modes, times, links and devices as they are
 * there, each path once and where the tarball's own links lead, nothing outside the root.
 *
 * <p>Read twice, since only its end tells which of two entries for a path counts.
 */
final class RootfsTarball {

    private final Path file;
    private Optional<String> architecture = Optional.empty();

    RootfsTarball(Path file) {
        this.file = file;
    }

    Imported write(BlobStore store, Workers workers) throws IOException {
        try {
            TarballPaths paths = readPaths();
            try (TarReader tar = open();
                    LayerDraft draft = new LayerDraft(store, Compression.GZIP, workers)) {
                int number = 0;
                for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                    Optional<LayerPath> path = paths.of(number);
                    if (path.isPresent()) {
                        String link = link(entry.get(), number, paths);
                        write(draft, path.get(), entry.get(), link, tar.content());
                    }
                    number++;
                }
                return new Imported(draft.commit(), architecture);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("read " + file + ": " + e.getMessage(), e);
        }
    }

    private TarReader open() throws IOException {
        return new TarReader(Decompression.open(Files.newInputStream(file)));
    }

    private TarballPaths readPaths() throws IOException {
        TarballPaths paths = new TarballPaths();
        NameBudget names = new NameBudget();
        try (TarReader tar = open()) {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                LayerPath path = LayerPath.of(entry.get().name());
                names.take(path.value().length() + entry.get().linkName().length());
                // At the bottom of an image there is nothing to hide; this only finds names that are reserved in vain.
                if (Whiteouts.parse(path).isPresent()) {
                    paths.skip();
                } else {
                    paths.add(path, entry.get());
                }
            }
        }
        if (paths.isEmpty()) {
            throw new IOException("it holds no files; a root file system is a directory or a tar, packed or not");
        }
        return paths;
    }

    private static String link(TarEntry entry, int number, TarballPaths paths) {
        return entry.type() == TarEntry.Type.HARD_LINK
                ? paths.linkTarget(LayerPath.of(entry.linkName()), number).value()
                : entry.linkName();
    }

    private void write(LayerDraft draft, LayerPath path, TarEntry entry, String link, InputStream content)
            throws IOException {
        draft.tar()
                .begin(new TarEntry(
                        path.isRoot() ? "." : path.value(),
                        entry.type(),
                        entry.mode(),
                        entry.uid(),
                        entry.gid(),
                        entry.size(),
                        entry.mtime(),
                        link,
                        entry.devMajor(),
                        entry.devMinor(),
                        entry.xattrs()));
        if (entry.type() == TarEntry.Type.FILE) {
            if (architecture.isEmpty() && ElfMachine.isTelling(path)) {
                byte[] header = content.readNBytes(ElfHeader.SIZE);
                architecture = ElfMachine.of(header);
                draft.tar().content().write(header);
            }
            content.transferTo(draft.tar().content());
        }
    }
}

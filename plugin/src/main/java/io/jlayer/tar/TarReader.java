// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Reads a tar of any dialect: v7, ustar, PAX, GNU, star; long names and sparse files too.
 *
 * <p>Names are given as they stand; whoever uses them must not let them leave their root. A name that is not UTF-8 is an
 * error, since it could not be written again. Not safe for use by many threads; closing closes the stream below.
 */
public final class TarReader implements AutoCloseable {

    /** Stands in a PAX text for bytes that were not UTF-8. */
    private static final char LOST = '\uFFFD';

    private final StrictTarInput in;
    private InputStream content;
    private TarForm form;

    public TarReader(InputStream in) {
        this.in = new StrictTarInput(in);
        this.content = this.in;
    }

    /**
     * Goes on to the next entry, passing over what is left of the one before; empty at the end.
     *
     * @throws IOException if the archive is cut off or broken
     */
    public Optional<TarEntry> next() throws IOException {
        try {
            TarArchiveEntry entry = in.getNextEntry();
            if (entry == null) {
                return Optional.empty();
            }
            if (!entry.isCheckSumOK()) {
                throw StrictTarInput.wrongChecksum("the header of '" + entry.getName() + "'");
            }
            form = new TarForm(entry.getName(), (char) (entry.getLinkFlag() & 0xff), in.longestHeader());
            return Optional.of(read(entry));
        } catch (IllegalArgumentException e) {
            throw new IOException("read tar: " + e.getMessage(), e);
        }
    }

    /** How the current entry stands in the archive. */
    public TarForm form() {
        return form;
    }

    /** The bytes of the current entry. Must not be closed. */
    public InputStream content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private TarEntry read(TarArchiveEntry entry) throws IOException {
        TarEntry.Type type = type(entry);
        Optional<SparseFile> sparse = type == TarEntry.Type.FILE ? in.sparse() : Optional.empty();
        String stated =
                sparse.map(SparseFile::name).filter(own -> !own.isEmpty()).orElse(entry.getName());
        String name = utf8(stated, stated);
        while (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        content = sparse.isPresent() ? sparse.get().content(in) : in;
        boolean link = type == TarEntry.Type.SYMLINK || type == TarEntry.Type.HARD_LINK;
        return new TarEntry(
                name,
                type,
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                type != TarEntry.Type.FILE
                        ? 0
                        : sparse.isPresent() ? sparse.get().size() : entry.getRealSize(),
                Math.floorDiv(entry.getLastModifiedTime().toMillis(), 1000L),
                link ? utf8(entry.getLinkName(), name) : "",
                entry.getDevMajor(),
                entry.getDevMinor(),
                xattrs(entry));
    }

    private static TarEntry.Type type(TarArchiveEntry entry) throws IOException {
        // The order counts: isFile() is true for all that is nothing else that it knows.
        if (entry.isSymbolicLink()) {
            return TarEntry.Type.SYMLINK;
        } else if (entry.isLink()) {
            return TarEntry.Type.HARD_LINK;
        } else if (entry.isDirectory()) {
            return TarEntry.Type.DIRECTORY;
        } else if (entry.isCharacterDevice()) {
            return TarEntry.Type.CHARACTER_DEVICE;
        } else if (entry.isBlockDevice()) {
            return TarEntry.Type.BLOCK_DEVICE;
        } else if (entry.isFIFO()) {
            return TarEntry.Type.FIFO;
        } else if (entry.isFile()) {
            return TarEntry.Type.FILE;
        }
        throw new IOException("read tar: '" + entry.getName() + "' is of a kind that is not known");
    }

    private SortedMap<String, XattrValue> xattrs(TarArchiveEntry entry) throws IOException {
        SortedMap<String, XattrValue> xattrs = new TreeMap<>();
        for (Map.Entry<String, String> header : entry.getExtraPaxHeaders().entrySet()) {
            if (header.getKey().startsWith(TarWriter.XATTR)) {
                String attribute = header.getKey().substring(TarWriter.XATTR.length());
                xattrs.put(attribute, XattrValue.of(in.paxValue(header.getKey(), header.getValue())));
            }
        }
        return xattrs;
    }

    private String utf8(String text, String name) throws IOException {
        if (text.indexOf(LOST) >= 0 || in.mayHaveLostBytes(text)) {
            throw new IOException("read tar: '" + name + "' has a name or link that is not UTF-8");
        }
        return text;
    }
}

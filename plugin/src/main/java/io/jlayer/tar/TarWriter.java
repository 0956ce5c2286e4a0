// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a tar whose bytes follow from its entries alone.
 *
 * <p>An entry that ustar can say is one ustar header. What it cannot say (names that are long or not ASCII, files of
 * 8 GiB and more, large owner numbers, extended attributes) goes into a PAX header before it, and nothing else does.
 * Nothing of the machine, the user or the clock gets in.
 *
 * <p>Not safe for use by many threads. Closing ends the archive and leaves the stream below open.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">POSIX, pax</a>
 */
public final class TarWriter implements AutoCloseable {

    static final int BLOCK = 512;

    /** What the PAX keyword of an extended attribute begins with. */
    static final String XATTR = "SCHILY.xattr.";

    private static final byte[] ZEROS = new byte[BLOCK];

    private final OutputStream out;
    private final Content content = new Content();
    private long missing;
    private int padding;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Begins an entry; a file's bytes are then to be written to {@link #content()}. */
    public void begin(TarEntry entry) throws IOException {
        endEntry();
        UstarHeader header = new UstarHeader(entry);
        if (!header.beyondUstar().isEmpty() || !entry.xattrs().isEmpty()) {
            writePax(entry, header);
        }
        out.write(header.toBytes(), 0, BLOCK);
        missing = entry.size();
        padding = paddingOf(entry.size());
    }

    private void writePax(TarEntry entry, UstarHeader header) throws IOException {
        SortedMap<String, byte[]> extended = new TreeMap<>();
        for (Map.Entry<String, String> field : header.beyondUstar().entrySet()) {
            extended.put(field.getKey(), field.getValue().getBytes(UTF_8));
        }
        for (Map.Entry<String, XattrValue> xattr : entry.xattrs().entrySet()) {
            extended.put(XATTR + xattr.getKey(), xattr.getValue().toBytes());
        }
        byte[] records = PaxRecords.write(extended);
        out.write(UstarHeader.ofPax(entry, records.length).toBytes());
        out.write(records);
        out.write(new byte[paddingOf(records.length)]);
    }

    /** Takes the bytes of the entry begun last: as many as its size, no more. Need not be closed. */
    public OutputStream content() {
        return content;
    }

    /** Ends the archive with two blocks of zeros, as POSIX wants; no further padding. */
    @Override
    public void close() throws IOException {
        endEntry();
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    /** Ends the entry begun last with its padding, if that was not done yet; so that what comes next is the next one's. */
    public void endEntry() throws IOException {
        if (missing != 0) {
            throw new IOException("write tar: " + missing + " bytes of an entry's content are missing");
        }
        out.write(ZEROS, 0, padding);
        padding = 0;
    }

    private static int paddingOf(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    private final class Content extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > missing) {
                throw new IOException("write tar: an entry's content is longer than its size");
            }
            out.write(bytes, offset, length);
            missing -= length;
        }
    }
}

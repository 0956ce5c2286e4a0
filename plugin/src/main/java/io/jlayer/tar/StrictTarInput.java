// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * The library's reader, which takes some things lightly: an archive that ends within a header passes for one that ends
 * there, bytes of a name that are not UTF-8 become question marks, headers of any length and with any checksum are taken, and
 * values in PAX headers are taken for text. This one refuses the former, and keeps those values as they are. For one thread.
 */
final class StrictTarInput extends TarArchiveInputStream {

    /** The types of headers that tell of the entry behind them: PAX's, Solaris's and GNU's. */
    private static final String ABOUT_NEXT = "xgXLK";
    /** Far more than names and attributes can have on Linux. */
    private static final long LONGEST_HEADER = 8 << 20;

    private byte[] header = new byte[TarWriter.BLOCK];

    private boolean inHeader;

    /** The longest of the headers that tell of the entry, in bytes. */
    private long longestHeader;

    private final PaxRecords forNext = new PaxRecords();
    private final PaxRecords forAll = new PaxRecords();

    StrictTarInput(InputStream in) {
        super(new WithLastPadding(in), UTF_8.name());
        ((WithLastPadding) this.in).reader = this;
    }

    /** Called by the library for each header; {@code null} is the end. */
    @Override
    protected byte[] readRecord() throws IOException {
        byte[] record = new byte[getRecordSize()];
        inHeader = true;
        int length = in.readNBytes(record, 0, record.length);
        inHeader = false;
        count(length);
        if (length == record.length) {
            begin(record);
            return record;
        }
        if (length > 0 && !isAtEOF()) {
            throw new IOException("read tar: it ends within a header");
        }
        return null;
    }

    private void begin(byte[] record) throws IOException {
        if (!tellsOfNext(header)) {
            forNext.clear();
            longestHeader = 0;
        }
        header = record;
        if (tellsOfNext(record)) {
            int length = boundedLength(record);
            longestHeader = Math.max(longestHeader, length);
            if (!TarUtils.verifyCheckSum(record)) {
                throw wrongChecksum("a header");
            }
            if (record[156] == 'x' || record[156] == 'X' || record[156] == 'g') {
                readPax(record[156] == 'g' ? forAll : forNext, length);
            }
        }
    }

    private static boolean tellsOfNext(byte[] record) {
        return ABOUT_NEXT.indexOf((char) record[156]) >= 0;
    }

    static IOException wrongChecksum(String what) {
        return new IOException("read tar: " + what + " has a wrong checksum: the archive is damaged");
    }

    /** Looks at the records before the library does. */
    private void readPax(PaxRecords into, int length) throws IOException {
        byte[] records = in.readNBytes(length);
        if (records.length == length) {
            into.takeFrom(records);
        }
        ((WithLastPadding) in).putBack(records);
    }

    /** If the entry is a file that PAX headers tell to be sparse. */
    Optional<SparseFile> sparse() {
        return forNext.sparse();
    }

    /** The longest of the headers that told of the current entry, in bytes. */
    long longestHeader() {
        return longestHeader;
    }

    /**
     * The bytes of a value in the PAX headers of the current entry.
     *
     * @param text what the library takes it for
     * @throws IOException if that is no text, and not one that was read for this entry
     */
    byte[] paxValue(String key, String text) throws IOException {
        for (PaxRecords records : new PaxRecords[] {forNext, forAll}) {
            Optional<byte[]> value = records.value(key);
            if (value.isPresent() && new String(value.get(), UTF_8).equals(text)) {
                return value.get();
            }
        }
        if (text.indexOf('\uFFFD') >= 0) {
            throw new IOException("read tar: the value of " + key + " cannot be kept, since it is given twice");
        }
        return text.getBytes(UTF_8);
    }

    private static int boundedLength(byte[] record) throws IOException {
        long length;
        try {
            length = TarUtils.parseOctalOrBinary(record, 124, 12);
        } catch (IllegalArgumentException e) {
            throw new IOException("read tar: the length of a header is broken", e);
        }
        if (length < 0 || length > LONGEST_HEADER) {
            throw new IOException("read tar: there is a header of " + length + " bytes");
        }
        return (int) length;
    }

    /** Called by the library for GNU's long names. */
    @Override
    protected byte[] getLongNameData() throws IOException {
        byte[] name = super.getLongNameData();
        if (name != null && !isUtf8(name, 0, name.length)) {
            throw new IOException("read tar: there is a long name that is not UTF-8");
        }
        return name;
    }

    /**
     * Whether question marks in a name may stand for bytes that were not UTF-8. Where a longer name came before the header,
     * what is left of it there may end within a character; such a name is only doubted if it has a question mark itself.
     */
    boolean mayHaveLostBytes(String name) {
        return name.indexOf('?') >= 0
                && !(isUtf8(header, 0, 100) && isUtf8(header, 157, 100) && isUtf8(header, 345, 155));
    }

    /** Whether what is missing at the end can only be padding: all of an entry's content is there, and no header begun. */
    private boolean isBehindContent() {
        try {
            boolean last = getCurrentEntry() != null && !tellsOfNext(header);
            return last && !inHeader && available() == 0;
        } catch (IOException closed) {
            return false;
        }
    }

    /**
     * Adds the zeros that should follow the last entry's content where an archive ends without them, as umoci writes
     * layers and every other reader takes them. What was read too early can be put back.
     */
    private static final class WithLastPadding extends BulkInputStream {

        private final InputStream in;
        private StrictTarInput reader;
        private long read;
        private ByteBuffer back = ByteBuffer.allocate(0);

        WithLastPadding(InputStream in) {
            this.in = in;
        }

        void putBack(byte[] bytes) {
            back = ByteBuffer.wrap(bytes);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (back.hasRemaining()) {
                int count = Math.min(length, back.remaining());
                back.get(bytes, offset, count);
                return count;
            }
            int count = in.read(bytes, offset, length);
            if (count < 0 && read % TarWriter.BLOCK != 0 && reader.isBehindContent()) {
                count = (int) Math.min(length, TarWriter.BLOCK - read % TarWriter.BLOCK);
                Arrays.fill(bytes, offset, offset + count, (byte) 0);
            }
            read += Math.max(count, 0);
            return count;
        }

        @Override
        public int available() throws IOException {
            return back.remaining() + in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static boolean isUtf8(byte[] bytes, int offset, int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

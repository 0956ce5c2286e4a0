// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * The library's reader, which takes three things lightly: an archive that ends within a header passes for one that ends
 * there, bytes of a name that are not UTF-8 become question marks, and headers of any length are held in memory. This one
 * refuses them. For one thread.
 */
final class StrictTarInput extends TarArchiveInputStream {

    /** The types of headers that tell of the entry behind them: PAX's, Solaris's and GNU's. */
    private static final String ABOUT_NEXT = "xgXLK";
    /** Far more than names and attributes can have on Linux. */
    private static final long LONGEST_HEADER = 8 << 20;

    private byte[] header = new byte[TarWriter.BLOCK];

    StrictTarInput(InputStream in) {
        super(in, UTF_8.name());
    }

    /** Called by the library for each header; {@code null} is the end. */
    @Override
    protected byte[] readRecord() throws IOException {
        byte[] record = new byte[getRecordSize()];
        int length = in.readNBytes(record, 0, record.length);
        count(length);
        if (length == record.length) {
            requireBounded(record);
            header = record;
            return record;
        }
        if (length > 0 && !isAtEOF()) {
            throw new IOException("read tar: it ends within a header");
        }
        return null;
    }

    private static void requireBounded(byte[] record) throws IOException {
        if (ABOUT_NEXT.indexOf((char) record[156]) >= 0) {
            long length;
            try {
                length = TarUtils.parseOctalOrBinary(record, 124, 12);
            } catch (IllegalArgumentException e) {
                throw new IOException("read tar: the length of a header is broken", e);
            }
            if (length > LONGEST_HEADER) {
                throw new IOException("read tar: there is a header of " + length + " bytes");
            }
        }
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

    private static boolean isUtf8(byte[] bytes, int offset, int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

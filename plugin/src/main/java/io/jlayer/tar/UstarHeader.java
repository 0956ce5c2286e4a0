// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Adler32;

/**
 * One header block of 512 bytes, and what of an entry does not fit in it.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06">POSIX, ustar
 *     Interchange Format</a>
 */
final class UstarHeader {

    private static final int NAME = 100;
    private static final int PREFIX = 155;
    /** Eleven octal digits: 8 GiB less one byte, or the year 2242. */
    private static final long LARGEST_11 = 0_77777777777L;
    /** Seven octal digits. */
    private static final long LARGEST_7 = 0_7777777L;

    private final byte[] block = new byte[TarWriter.BLOCK];
    private final SortedMap<String, String> beyond = new TreeMap<>();

    UstarHeader(TarEntry entry) {
        String name = entry.type() == TarEntry.Type.DIRECTORY ? entry.name() + "/" : entry.name();
        putName(name);
        putLink(entry.linkName());
        octal(100, 7, entry.mode() & 07777);
        octalOrBeyond(108, 7, entry.uid(), LARGEST_7, "uid");
        octalOrBeyond(116, 7, entry.gid(), LARGEST_7, "gid");
        octalOrBeyond(124, 11, entry.size(), LARGEST_11, "size");
        octalOrBeyond(136, 11, entry.mtime(), LARGEST_11, "mtime");
        octal(329, 7, entry.devMajor());
        octal(337, 7, entry.devMinor());
        finish(entry.type().flag);
    }

    private UstarHeader(String name, long size) {
        put(0, name);
        octal(100, 7, 0644);
        octal(108, 7, 0);
        octal(116, 7, 0);
        octal(124, 11, size);
        octal(136, 11, 0);
        octal(329, 7, 0);
        octal(337, 7, 0);
        finish('x');
    }

    /** The header of the PAX records that go before {@code entry}; its name is only seen by a tar that knows no PAX. */
    static UstarHeader ofPax(TarEntry entry, long size) {
        String name = "PaxHeaders/" + ascii(entry.name().substring(entry.name().lastIndexOf('/') + 1));
        return new UstarHeader(name.substring(0, Math.min(NAME, name.length())), size);
    }

    byte[] toBytes() {
        return block;
    }

    /** What the block cannot say, as PAX keywords. */
    SortedMap<String, String> beyondUstar() {
        return beyond;
    }

    private void putName(String name) {
        if (isAscii(name)) {
            if (name.length() <= NAME) {
                put(0, name);
                return;
            }
            int slash = name.indexOf('/', name.length() - NAME - 1);
            if (slash > 0 && slash <= PREFIX && slash < name.length() - 1) {
                put(345, name.substring(0, slash));
                put(0, name.substring(slash + 1));
                return;
            }
        }
        beyond.put("path", name);
        String stub = ascii(name);
        put(0, stub.substring(0, Math.min(NAME, stub.length())));
    }

    private void putLink(String link) {
        if (isAscii(link) && link.length() <= NAME) {
            put(157, link);
            return;
        }
        beyond.put("linkpath", link);
        String stub = ascii(link);
        put(157, stub.substring(0, Math.min(NAME, stub.length())));
    }

    private void octalOrBeyond(int offset, int digits, long value, long largest, String keyword) {
        boolean fits = value >= 0 && value <= largest;
        if (!fits) {
            beyond.put(keyword, Long.toString(value));
        }
        octal(offset, digits, fits ? value : 0);
    }

    private void octal(int offset, int digits, long value) {
        long rest = value;
        for (int at = offset + digits - 1; at >= offset; at--) {
            block[at] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
        if (rest != 0) {
            throw new IllegalArgumentException(value + " has more than " + digits + " octal digits");
        }
    }

    private void put(int offset, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }

    private void finish(char flag) {
        block[156] = (byte) flag;
        put(257, "ustar");
        put(263, "00");
        put(148, "        "); // the checksum counts its own field as blanks
        octal(148, 6, sumOf(0) + sumOf(block.length / 2));
        block[154] = 0;
        block[155] = ' ';
    }

    /**
     * The sum of half the block's bytes, of which none can be more than 255: Adler-32's lower half is just that and one, as
     * long as it is less than 65521. The JDK sums it in machine code, also in a JVM that has compiled nothing yet.
     */
    private int sumOf(int half) {
        Adler32 sum = new Adler32();
        sum.update(block, half, block.length / 2);
        return (int) (sum.getValue() & 0xffff) - 1;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String ascii(String text) {
        return isAscii(text) ? text : new String(text.getBytes(UTF_8), US_ASCII).replace('\uFFFD', '_');
    }
}

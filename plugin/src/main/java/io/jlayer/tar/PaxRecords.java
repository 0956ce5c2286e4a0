// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Extended attributes and what is sparse in the records of PAX headers, as bytes. A record is {@code LENGTH KEY=VALUE\n}, and the
 * length counts itself. The library gives values as text only, and so loses those that are none.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03">POSIX, pax Extended
 *     Header</a>
 */
final class PaxRecords {

    private final Map<String, byte[]> values = new HashMap<>();
    private Optional<SparseFile> sparse = Optional.empty();

    /** The value that came last for a keyword. */
    Optional<byte[]> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The file that these records tell to be sparse. */
    Optional<SparseFile> sparse() {
        return sparse;
    }

    void clear() {
        values.clear();
        sparse = Optional.empty();
    }

    /**
     * Takes over the records of a header, up to the first that is broken: that is for the library to refuse. What it is not to
     * see, since it would take it wrongly, gets other keywords.
     */
    void takeFrom(byte[] header) throws IOException {
        int at = 0;
        while (at < header.length) {
            int space = indexOf(header, ' ', at, header.length);
            int length = number(header, at, space);
            int end = at + length;
            if (length <= space - at || length > header.length - at || header[end - 1] != '\n') {
                return;
            }
            int equals = indexOf(header, '=', space, end);
            if (equals == end) {
                return;
            }
            String key = new String(header, space + 1, equals - space - 1, UTF_8);
            byte[] value = Arrays.copyOfRange(header, equals + 1, end - 1);
            if (key.startsWith(TarWriter.XATTR)) {
                values.put(key, value);
            } else if (key.startsWith(SparseFile.KEYWORD)) {
                sparse = Optional.of(sparse.orElseGet(SparseFile::new));
                sparse.get().add(key.substring(SparseFile.KEYWORD.length()), value);
                header[space + 1] = '-';
            }
            at = end;
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Zero if it is no number that a header could be long. */
    private static int number(byte[] bytes, int from, int end) {
        int number = 0;
        for (int i = from; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9' || end - from > 8) {
                return 0;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    /** All records, by key, as they stand in a header. */
    static byte[] write(SortedMap<String, byte[]> records) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        records.forEach((key, value) -> {
            byte[] name = key.getBytes(UTF_8);
            int rest = 3 + name.length + value.length;
            int length = rest + Integer.toString(rest).length();
            if (length < rest + Integer.toString(length).length()) {
                length++;
            }
            header.writeBytes((length + " ").getBytes(UTF_8));
            header.writeBytes(name);
            header.write('=');
            header.writeBytes(value);
            header.write('\n');
        });
        return header.toByteArray();
    }
}

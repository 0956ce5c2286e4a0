// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an answer says before its body.
 *
 * @param version the last digit of {@code HTTP/1.x}
 * @param status three digits
 * @param headers values by name, in any case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
public record ResponseHead(int version, int status, SortedMap<String, List<String>> headers) {

    private static final int LONGEST = 64 << 10;

    /** Reads the head of the final answer; interim ones ({@code 1xx}) are passed over. */
    static ResponseHead read(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        ResponseHead head;
        do {
            head = readOne(lines);
        } while (head.status < 200 && head.status != 101);
        return head;
    }

    private static ResponseHead readOne(Lines lines) throws IOException {
        String start = lines.next();
        boolean isHttp = start.startsWith("HTTP/1.") && start.length() >= 12 && start.charAt(8) == ' ';
        if (!isHttp || !isDigits(start.substring(7, 8)) || !isDigits(start.substring(9, 12))) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        SortedMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> last = new ArrayList<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (Character.isWhitespace(line.charAt(0)) && !last.isEmpty()) {
                last.set(last.size() - 1, last.get(last.size() - 1) + " " + line.strip()); // as long as it was allowed
            } else if (colon > 0) {
                last = headers.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>());
                last.add(line.substring(colon + 1).strip());
            }
        }
        return new ResponseHead(start.charAt(7) - '0', Integer.parseInt(start.substring(9, 12)), headers);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The first value of a header. */
    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Whether no body follows, whatever the headers say. */
    boolean isBodiless(String method) {
        return method.equals("HEAD") || status < 200 || status == 204 || status == 304;
    }

    boolean isChunked() {
        return has("Transfer-Encoding", "chunked");
    }

    /** The length of the body in bytes, if it is said. */
    OptionalLong length() throws IOException {
        List<String> said = all("Content-Length").stream().distinct().toList();
        if (said.isEmpty()) {
            return OptionalLong.empty();
        }
        String length = said.get(0);
        if (said.size() > 1 || !isDigits(length) || length.length() > 18) {
            throw new IOException("the answer has no length that makes sense");
        }
        return OptionalLong.of(Long.parseLong(length));
    }

    /**
     * Whether the connection serves for another request once the body was read. Who says two lengths may mean another one
     * than we take, and what is left of the body would be the next answer.
     */
    boolean keepsOpen() {
        boolean twoLengths = isChunked() && !all("Content-Length").isEmpty();
        return status != 101
                && !twoLengths
                && (version >= 1 ? !has("Connection", "close") : has("Connection", "keep-alive"));
    }

    private boolean has(String name, String word) {
        for (String value : all(name)) {
            for (String one : value.split(",", -1)) {
                if (one.strip().equalsIgnoreCase(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Lines of a head, which all together have a bound. */
    private static final class Lines {

        private final InputStream in;
        private int left = LONGEST;

        Lines(InputStream in) {
            this.in = in;
        }

        String next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(80);
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("the connection was closed before an answer came");
                } else if (left-- == 0) {
                    throw new IOException("the answer's head is longer than " + LONGEST + " bytes");
                }
                line.write(b);
            }
            String text = line.toString(ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Names of files as text and back, by UTF-8 in every locale, as images have them. Java itself goes by the locale's
 * encoding, and in that of bare containers knows ASCII only: there it refuses to make a path of other text, and shows
 * question marks for other bytes. Whatever goes from an image or a specification to the disk, or back, goes through here.
 *
 * <p>As a rule Java's own way is right, which takes one look at the text to see. For the rest there is the URI of a path,
 * which holds its bytes whatever the locale; it costs a look at the file.
 */
public final class FileNames {

    /** Whether Java takes names for UTF-8 by itself, or the file system's own names are text. */
    private static final boolean UTF8_HERE =
            File.separatorChar != '/' || "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

    /** Stands in a text for bytes that are not UTF-8; names that hold it itself cannot be told from those. */
    private static final char LOST = '\uFFFD';

    private static final Path ROOT = Path.of("/");
    private static final String SCHEME = "file://";

    private FileNames() {}

    /** Whether Java reads and writes all names in this locale. */
    public static boolean areAllReadable() {
        return UTF8_HERE;
    }

    /** Whether Java read the text where it cannot read all names, and lost some of it. */
    public static boolean isLost(String text) {
        return text.indexOf(LOST) >= 0;
    }

    /** A name that is no text, so that no image can hold it. */
    public static final class NotUtf8Exception extends IOException {
        private static final long serialVersionUID = 1;

        private NotUtf8Exception(String message) {
            super(message);
        }
    }

    /**
     * The path of this text, which may be relative.
     *
     * @throws InvalidPathException if no file can have that name
     */
    public static Path of(String text) {
        return UTF8_HERE || isAscii(text) ? Path.of(text) : ofBytes(text);
    }

    /**
     * What is at {@code below} in a directory.
     *
     * @throws InvalidPathException if no file can have that name
     */
    public static Path resolve(Path directory, String below) {
        return UTF8_HERE || isAscii(below) ? directory.resolve(below) : directory.resolve(ofBytes(below));
    }

    /** The path as text; {@code U+FFFD} stands for what is not UTF-8. */
    public static String text(Path path) {
        String text = path.toString();
        return UTF8_HERE || isAscii(text) ? text : new String(bytes(path), UTF_8);
    }

    /**
     * The last part of a path as text.
     *
     * @throws NotUtf8Exception if it is none
     */
    public static String name(Path path) throws NotUtf8Exception {
        return exact(path.getFileName(), path);
    }

    /**
     * The path of a file from a directory that it is below, as text.
     *
     * @throws NotUtf8Exception if it is none
     */
    public static String below(Path directory, Path file) throws NotUtf8Exception {
        return exact(directory.relativize(file), file);
    }

    private static String exact(Path part, Path whole) throws NotUtf8Exception {
        String text = text(part);
        if (text.indexOf(LOST) >= 0) {
            throw new NotUtf8Exception("the name of " + escaped(whole) + " is not UTF-8, as all names in images are");
        }
        return text;
    }

    /**
     * Where a symbolic link leads, as text.
     *
     * @throws NotUtf8Exception if it is none
     */
    public static String target(Path link) throws IOException {
        String text = text(Files.readSymbolicLink(link));
        if (text.indexOf(LOST) >= 0) {
            throw new NotUtf8Exception("where the link " + escaped(link) + " leads, "
                    + escaped(Files.readSymbolicLink(link)) + ", is not UTF-8");
        }
        return text;
    }

    /** A key that stands for this path and no other, in all locales alike; absolute paths that are text are their own. */
    public static String key(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        String text = text(absolute);
        return text.indexOf(LOST) < 0 ? text : uri(absolute);
    }

    /** The path that {@link #key} was made of. */
    public static Path ofKey(String key) {
        return key.startsWith(SCHEME) ? ofUri(key) : of(key);
    }

    /** An absolute path in ASCII, whatever its bytes. */
    public static String uri(Path path) {
        return File.separatorChar == '/'
                ? SCHEME + rawPath(path.toAbsolutePath().normalize())
                : path.toUri().toString();
    }

    /** The path that {@link #uri} was made of. */
    public static Path ofUri(String uri) {
        return Path.of(URI.create(uri));
    }

    /**
     * Whether a name whose text in Java is {@code text} goes to the disk and back as it is, also by classes that know
     * names by that text alone, such as those of {@code java.io}.
     */
    public static boolean survives(String text) {
        return UTF8_HERE ? text.indexOf(LOST) < 0 : isAscii(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** For people: bytes that are no ASCII as {@code \xFF}, as shells read them in {@code $'…'}. */
    private static String escaped(Path path) {
        if (File.separatorChar != '/') {
            return path.toString();
        }
        StringBuilder text = new StringBuilder();
        for (byte one : bytes(path)) {
            text.append(one >= ' ' && one != 0x7f ? Character.toString(one) : String.format("\\x%02X", one & 0xff));
        }
        return text.toString();
    }

    private static byte[] bytes(Path path) {
        String raw = rawPath(path.isAbsolute() ? path : ROOT.resolve(path));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = path.isAbsolute() ? 0 : 1; i < raw.length(); i++) {
            boolean escape = raw.charAt(i) == '%';
            bytes.write(escape ? Integer.parseInt(raw, i + 1, i + 3, 16) : raw.charAt(i));
            i += escape ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    /** Of an absolute path; where there is a directory, a URI ends in a slash that is none of the name. */
    private static String rawPath(Path path) {
        String raw = path.toUri().getRawPath();
        return raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    }

    private static Path ofBytes(String text) {
        HexFormat hex = HexFormat.of();
        StringBuilder uri = new StringBuilder(SCHEME);
        for (String part : text.split("/", -1)) {
            if (!part.isEmpty()) {
                uri.append('/');
                for (byte one : encode(part)) {
                    uri.append('%').append(hex.toHexDigits(one));
                }
            }
        }
        Path path = ofUri(uri.toString());
        return text.startsWith("/") ? path : path.subpath(0, path.getNameCount());
    }

    private static byte[] encode(String text) {
        try {
            if (text.indexOf('\0') >= 0) {
                throw new InvalidPathException(text, "it holds a NUL");
            }
            ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new InvalidPathException(text, "it is no text");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names in a directory, in no particular order. The one place where directories are listed: Java's own ways throw faults
 * that come on the way as three kinds of exceptions, two of which no compiler asks for.
 */
public final class Listing {

    private final String[] names;
    private final List<Path> files;

    private Listing(String[] names, List<Path> files) {
        this.names = names;
        this.files = files;
    }

    /**
     * Lists a directory; in one piece, unless a name there has no form in this locale, or it cannot be read.
     *
     * @throws IOException if it is no directory, or cannot be listed
     */
    public static Listing of(Path directory) throws IOException {
        String[] names =
                FileNames.survives(directory.toString()) ? directory.toFile().list() : null;
        List<Path> files = new ArrayList<>();
        if (names != null && surviveAll(names)) {
            for (String name : names) {
                files.add(directory.resolve(name));
            }
            return new Listing(names, files);
        }
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            paths.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new Listing(files.stream().map(FileNames::key).toArray(String[]::new), files);
    }

    /**
     * All that is below a directory, itself first, sorted.
     *
     * @throws IOException if a part cannot be read, or links that are to be followed lead in a circle
     */
    public static List<Path> below(Path directory, FileVisitOption... options) throws IOException {
        try (Stream<Path> files = Files.walk(directory, options)) {
            return files.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * What has a name in a directory that fits a shell's pattern, sorted.
     *
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    public static List<Path> matching(Path directory, String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
            found.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(null);
        return files;
    }

    private static boolean surviveAll(String[] names) {
        for (String name : names) {
            if (!FileNames.survives(name)) {
                return false;
            }
        }
        return true;
    }

    /** What has these names: a path for each. */
    public List<Path> files() {
        return files;
    }

    /** The same for the same names, in whatever order the file system gives them; no file has it. */
    byte[] digest() {
        String[] sorted = names.clone();
        Arrays.sort(sorted);
        MessageDigest hash = Digest.newSha256();
        for (String name : sorted) {
            hash.update(name.getBytes(UTF_8));
            hash.update((byte) 0); // which no name of a file holds
        }
        byte[] digest = hash.digest();
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) ~digest[i];
        }
        return digest;
    }
}

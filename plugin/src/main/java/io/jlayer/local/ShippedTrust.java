// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Whether the trust store of a linked runtime is the one that the JDK's builders made.
 *
 * <p>Linked from packaged modules it always is. A JDK without them (JEP 493) copies the file that it runs with, which
 * distributions replace by a link to the host's trust store and administrators add to; such a JDK knows the hashes of its
 * files, and only the very file that it was shipped with counts.
 */
final class ShippedTrust {

    /** Lines of the form {@code type|link|sha512|path}. Where a later JDK keeps them elsewhere, nothing counts. */
    private static final String HASHES = "/modules/jdk.jlink/jdk/tools/jlink/internal/runtimelink/fs_java.base_files";

    private ShippedTrust() {}

    static boolean in(LinkedRuntime runtime, Jdk jdk) throws IOException {
        Path file = runtime.root().resolve(Jdk.CA_CERTS);
        return Files.isRegularFile(file) && (jdk.hasPackagedModules() || isShipped(file, Jdk.CA_CERTS, jdk));
    }

    /** Whether a file is the one that the JDK was shipped with under this name, as far as the JDK knows. */
    static boolean isShipped(Path file, String name, Jdk jdk) throws IOException {
        String end = "|" + sha512(file) + "|" + name;
        return hashes(jdk).lines().anyMatch(line -> line.endsWith(end));
    }

    private static String sha512(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("this Java runtime lacks SHA-512", e);
        }
    }

    private static String hashes(Jdk jdk) throws IOException {
        Map<String, String> home = Map.of("java.home", jdk.home().toString());
        try (FileSystem modules = FileSystems.newFileSystem(URI.create("jrt:/"), home)) {
            Path list = modules.getPath(HASHES);
            return Files.exists(list) ? Files.readString(list, UTF_8) : "";
        }
    }
}

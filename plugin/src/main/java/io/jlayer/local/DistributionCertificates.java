// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.jlayer.blob.Listing;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The authorities that the host's distribution trusts, as its package brought them.
 *
 * <p>Never what the host itself trusts: a company's proxy, or an administrator's own authority, is in the bundles under
 * {@code /etc/ssl}, and must not get into an image. So only the package's files are read, and where the package manager
 * keeps their checksums only those that are as they came.
 */
final class DistributionCertificates {

    private static final String DIRECTORY = "usr/share/ca-certificates/mozilla";
    private static final String CHECKSUMS = "var/lib/dpkg/info/ca-certificates.md5sums";
    private static final int LARGEST = 1 << 20;

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

    /** The files' own names are no names here: some are not ASCII, and would be read otherwise in other locales. */
    private final SortedMap<String, byte[]> byHash = new TreeMap<>();

    private final List<Path> inputs = new ArrayList<>();

    private DistributionCertificates() {}

    /** Reads them; none where the distribution has no such package. */
    static DistributionCertificates of(Path root) throws IOException {
        DistributionCertificates certificates = new DistributionCertificates();
        Path directory = root.resolve(DIRECTORY);
        Path checksums = root.resolve(CHECKSUMS);
        if (Files.isDirectory(directory)) {
            Set<String> sums = Set.of();
            if (Files.isRegularFile(checksums)) {
                sums = checksums(checksums);
                certificates.inputs.add(checksums);
            }
            certificates.inputs.add(directory);
            for (Path file : files(directory)) {
                certificates.add(file, sums);
            }
        }
        return certificates;
    }

    /** Lines are a checksum, two blanks, and a path. */
    private static Set<String> checksums(Path file) throws IOException {
        Set<String> sums = new HashSet<>();
        for (String line : Files.readAllLines(file, ISO_8859_1)) {
            if (line.contains("  " + DIRECTORY + "/")) {
                sums.add(line.substring(0, line.indexOf(' ')));
            }
        }
        return sums;
    }

    /** In DER form, by the hash of that. */
    SortedMap<String, byte[]> byHash() {
        return Collections.unmodifiableSortedMap(byHash);
    }

    /** All in one text, as programs that are not Java's read them. */
    byte[] bundle() {
        StringBuilder text = new StringBuilder();
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        for (byte[] der : byHash.values()) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(encoder.encodeToString(der))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString().getBytes(US_ASCII);
    }

    /**
     * All whose change could change what is found. Not the files themselves, more than a hundred: a package manager renames
     * new ones over them, which changes the directory.
     */
    List<Path> inputs() {
        return List.copyOf(inputs);
    }

    private static List<Path> files(Path directory) throws IOException {
        return Listing.matching(directory, "*.crt");
    }

    private void add(Path file, Set<String> sums) throws IOException {
        // A link could lead to what an administrator added.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
            return;
        }
        byte[] content = Files.readAllBytes(file);
        if (sums.isEmpty() || sums.contains(md5(content))) {
            Matcher pem = PEM.matcher(new String(content, ISO_8859_1));
            while (pem.find()) {
                byte[] der = der(file, pem.group(1));
                byHash.put(Digest.sha256(der).hex(), der);
            }
        }
    }

    private static byte[] der(Path file, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("read " + file + ": it is not a certificate: " + e.getMessage(), e);
        }
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("this Java runtime lacks MD5", e);
        }
    }
}

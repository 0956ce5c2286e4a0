// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionCertificatesTest {

    private static final String MOZILLA = "usr/share/ca-certificates/mozilla/";

    @TempDir
    Path root;

    private Path put(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static String pem(String content) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(content.getBytes(UTF_8))
                + "\n-----END CERTIFICATE-----\n";
    }

    private List<String> found() throws IOException {
        return DistributionCertificates.of(root).byHash().values().stream()
                .map(der -> new String(der, UTF_8))
                .sorted()
                .toList();
    }

    @Test
    void thePackagesOwnAreTaken() throws IOException {
        put(MOZILLA + "B.crt", pem("authority b"));
        put(MOZILLA + "A.crt", pem("authority a"));
        assertThat(found()).containsExactly("authority a", "authority b");
    }

    @Test
    void whatAnAdministratorAddedIsNot() throws IOException {
        put(MOZILLA + "A.crt", pem("authority a"));
        put("usr/local/share/ca-certificates/company.crt", pem("company"));
        put("usr/share/ca-certificates/company/company.crt", pem("company"));
        put("etc/ssl/certs/ca-certificates.crt", pem("authority a") + pem("company"));
        put("etc/ssl/certs/java/cacerts", "company");
        Files.createSymbolicLink(
                root.resolve(MOZILLA + "link.crt"), root.resolve("usr/local/share/ca-certificates/company.crt"));
        assertThat(found()).containsExactly("authority a");
        assertThat(new String(DistributionCertificates.of(root).bundle(), US_ASCII))
                .isEqualTo(pem("authority a").replace("\r", ""));
    }

    @Test
    void whereThePackageManagerKnowsThemOnlyUnchangedOnesAreTaken() throws Exception {
        Path kept = put(MOZILLA + "A.crt", pem("authority a"));
        put(MOZILLA + "Changed.crt", pem("company"));
        put(MOZILLA + "Added.crt", pem("company"));
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(kept)));
        put(
                "var/lib/dpkg/info/ca-certificates.md5sums",
                md5 + "  " + MOZILLA + "A.crt\n" + "0".repeat(32) + "  " + MOZILLA + "Changed.crt\n");
        assertThat(found()).containsExactly("authority a");
    }

    @Test
    void aHostWithoutThePackageHasNone() throws IOException {
        assertThat(found()).isEmpty();
        assertThat(DistributionCertificates.of(root).bundle()).isEmpty();
    }
}

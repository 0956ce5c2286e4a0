// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedTrustTest {

    /** A file with a hash, as the trust store has one, that distributions do not replace. */
    private static final String FILE = "lib/security/blocked.certs";

    @TempDir
    Path directory;

    private static Jdk jdk() throws IOException {
        return Jdk.at(Path.of(System.getProperty("java.home")));
    }

    @Test
    void aJdkWithoutPackagedModulesKnowsItsFiles() throws IOException {
        Jdk jdk = jdk();
        Assumptions.assumeFalse(jdk.hasPackagedModules(), "this JDK has packaged modules, and no hashes of its files");
        Path own = jdk.home().resolve(FILE);
        Path changed = Files.writeString(directory.resolve("changed"), Files.readString(own) + "company\n");
        assertThat(ShippedTrust.isShipped(own, FILE, jdk)).isTrue();
        assertThat(ShippedTrust.isShipped(changed, FILE, jdk)).isFalse();
        assertThat(ShippedTrust.isShipped(own, Jdk.CA_CERTS, jdk)).isFalse();
    }

    @Test
    void aFileThatNobodyKnowsIsNotShipped() throws IOException {
        Path file = Files.writeString(directory.resolve("cacerts"), "company");
        assertThat(ShippedTrust.isShipped(file, Jdk.CA_CERTS, jdk())).isFalse();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.house.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static Optional<Jdk> withoutPackagedModules() throws IOException {
        List<Path> homes = new ArrayList<>(Jdks.others());
        homes.add(Jdks.own());
        for (Path home : homes) {
            Jdk jdk = Jdk.at(home);
            if (!jdk.hasPackagedModules()) {
                return Optional.of(jdk);
            }
        }
        return Optional.empty();
    }

    @Test
    void aJdkWithoutPackagedModulesKnowsItsFiles() throws IOException {
        Optional<Jdk> found = withoutPackagedModules();
        Assumptions.assumeTrue(found.isPresent(), "no JDK here is without packaged modules, with hashes of its files");
        Jdk jdk = found.get();
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

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import javax.naming.Name;
import org.junit.jupiter.api.Test;

class PlatformNamesTest {

    /** Names packages in all the ways there are: a supertype, a signature, a descriptor, code. */
    abstract static class Sample implements Supplier<HttpRequest> {

        Name[] names;

        void run() throws SQLException {
            throw new SQLException(String.format(Locale.ROOT, "%d", 1));
        }
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void packagesAreFoundWhereverTheyAreNamed() throws IOException {
        assertThat(PlatformNames.of(classFile(Sample.class)))
                .containsExactly(
                        "java.lang",
                        "java.net.http",
                        "java.sql",
                        "java.util",
                        "java.util.Locale",
                        "java.util.function",
                        "javax.naming");
    }

    @Test
    void otherPackagesAreNot() throws IOException {
        assertThat(PlatformNames.of(classFile(PlatformNamesTest.class)))
                .contains("java.io")
                .noneMatch(name -> name.startsWith("org") || name.startsWith("io"));
    }

    @Test
    void noDamageGivesMoreThanAnIoException() throws IOException {
        byte[] sample = classFile(Sample.class);
        Random random = new Random(7);
        for (int round = 0; round < 4000; round++) {
            byte[] damaged = Arrays.copyOf(sample, random.nextInt(sample.length));
            for (int change = random.nextInt(4); change > 0 && damaged.length > 4; change--) {
                damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt();
            }
            try {
                assertThat(PlatformNames.of(damaged)).isNotNull();
            } catch (IOException expected) {
                // a class that cannot be read
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameShapeTest {

    @ParameterizedTest
    @CsvSource({
        "foo-1.0.jar, foo-#-.jar",
        "hibernate-core-6.6.33.Final.jar, hibernate-core-#-.jar",
        "guava-33.0.0-jre.jar, guava-#-.jar",
        "foo-1.0-SNAPSHOT.jar, foo-#-.jar",
        "foo-1.0-20240101.120000-1.jar, foo-#-.jar",
        "foo-2.0-rc1.jar, foo-#-.jar",
        "epoll-4.1.1.Final-linux-x86_64.jar, epoll-#-linux-x86_64-.jar",
        "log4j-1.2-api-2.17.jar, log4j-#-api-#-.jar",
        "libz.so.1.2.13, libz.so.#"
    })
    void versionsAreNoPartOfTheShape(String name, String shape) {
        assertThat(NameShape.of(name)).contains(shape);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo.jar", "a-1.0.txt", "libz.so", ".jar", "-.jar", "x.so.", ""})
    void otherNamesHaveNone(String name) {
        assertThat(NameShape.of(name)).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PASSWORD",
                "DB_PASSWORD",
                "MYSQL_ROOT_PASSWD",
                "GITHUB_TOKEN",
                "AWS_SECRET_ACCESS_KEY",
                "API_KEY",
                "apiKey",
                "spring.datasource.password",
                "clientSecret",
                "PGPASSWORD",
                "REDIS_AUTH",
                "SSH_PRIVATE_KEY"
            })
    void namesOfSecretsAreKnown(String name) {
        assertThat(MaskedText.assignment(name + "=hunter2")).isEqualTo(name + "=***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "JAVA_HOME",
                "LANG",
                "KEYBOARD",
                "MONKEY",
                "AUTHOR",
                "org.opencontainers.image.authors",
                "COMPASS",
                "PASSWORD_FILE",
                "TOKEN_URL",
                "BYPASS"
            })
    void otherNamesAreLeftAlone(String name) {
        assertThat(MaskedText.assignment(name + "=hunter2")).isEqualTo(name + "=hunter2");
    }

    @Test
    void secretsInTextAreMasked() {
        assertThat(MaskedText.of("|1 TOKEN=abc HOME=/x /bin/sh -c curl https://me:pw@host/x"))
                .isEqualTo("|1 TOKEN=*** HOME=/x /bin/sh -c curl https://me:***@host/x");
        assertThat(MaskedText.of("curl -H 'Authorization: Bearer abcdefgh12345'"))
                .doesNotContain("abcdefgh12345");
        assertThat(MaskedText.of("x ghp_abcdefghijklmnopqrstuvwxyz0123 y")).isEqualTo("x *** y");
        assertThat(MaskedText.of("ENV DB_PASSWORD=\"a b\" X=1")).isEqualTo("ENV DB_PASSWORD=*** X=1");
    }

    @Test
    void aWordAfterASecretOptionIsMasked() {
        assertThat(MaskedText.words(List.of("run", "--password", "hunter2", "--port", "80", "--token=abc")))
                .containsExactly("run", "--password", "***", "--port", "80", "--token=***");
        assertThat(MaskedText.words(List.of("-Ddb.password=x"))).containsExactly("-Ddb.password=***");
    }
}

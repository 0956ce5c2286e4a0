// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "SSH_PRIVATE_KEY",
                "DB_PASSWORD_PROFILE",
                "db.passwordprofile"
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
                "passwordFile",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            textBlock =
                    """
        {"spring":{"password":"SECRET","url":"x"}}        # {"spring":{"password":***,"url":"x"}}
        {"password" : "SECRET a\\"SECRET", "a":"b"}        # {"password" : ***, "a":"b"}
        {"a":"{\\"password\\":\\"SECRET b\\",\\"c\\":1}"}     # {"a":"{\\"password\\":***,\\"c\\":1}"}
        {"credentials":{"a":"SECRET","b":["}SECRET"]},"c":1} # {"credentials":***,"c":1}
        RUN app --password SECRET --port 80               # RUN app --password *** --port 80
        RUN app --password "SECRET SECRET" && b           # RUN app --password *** && b
        RUN sh -c 'app --password SECRET' && b            # RUN sh -c 'app --password ***' && b
        CMD ["app" "--token" "SECRET" "x"]                # CMD ["app" "--token" *** "x"]
        CMD ["app","--token","SECRET","x"]                # CMD ["app","--token",***,"x"]
        JAVA_OPTS="-Ddb.password=SECRET -Xmx1g"           # JAVA_OPTS="-Ddb.password=*** -Xmx1g"
        ENV PASSWORD=SECRET,SECRET A=1                    # ENV PASSWORD=*** A=1
        RUN PASSWORD=SECRET\\ SECRET; b                    # RUN PASSWORD=***; b
        password: SECRET                                  # password: ***
        postgres://u:SECRET/SECRET@h/db                   # postgres://u:***@h/db
        postgres://u:SECRET@SECRET@h/db                   # postgres://u:***@h/db
        a://b:SECRET@c d://e:SECRET@f                     # a://b:***@c d://e:***@f
        """)
    void nothingOfASecretIsLeft(String text, String shown) {
        assertThat(MaskedText.of(text)).isEqualTo(shown).doesNotContain("SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host:4873/pkg/@scope/name",
                "git clone ssh://git@host/x",
                "docker login --password-stdin host",
                "RUN --mount=type=secret,id=x app --no-auth && b",
                "apt-key add x",
                "ENV PASSWORD= A=1"
            })
    void whatOnlyLooksLikeASecretIsLeft(String text) {
        assertThat(MaskedText.of(text)).isEqualTo(text);
    }

    @Test
    void aMillionCharactersOfAStrangersTextTakeNoTime() {
        for (String part : List.of("://", "://a:", "a-", "a=", "\\", "\"", "--token ", "token={", "token=\"")) {
            String text = part.repeat(1_000_000 / part.length());
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> MaskedText.of(text), part);
        }
    }
}

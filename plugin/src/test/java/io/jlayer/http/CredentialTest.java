// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialTest {

    @ParameterizedTest
    @CsvSource({
        "ann, s3cret",
        "_json_key, {}",
        "robot$shop+ci, token",
        "somebody.with.a.long.name@company.example, s3cret"
    })
    void namesWhoAsked(String name, String secret) {
        assertThat(new Credential.Password(name, secret).description())
                .isEqualTo("user '" + name + "' and the password");
    }

    @ParameterizedTest
    @CsvSource({
        "ghp_0123456789abcdefghijABCDEFGHIJ012345, anything",
        "token, token",
        "token, ''",
        "token, x-oauth-basic"
    })
    void namesNoToken(String name, String secret) {
        Credential.Password password = new Credential.Password(name, secret);
        assertThat(password.description()).isEqualTo("the user and password");
    }
}

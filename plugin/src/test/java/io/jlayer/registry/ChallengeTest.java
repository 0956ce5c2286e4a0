// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChallengeTest {

    @Test
    void readsParametersWithAndWithoutQuotes() {
        List<Challenge> challenges =
                Challenge.parse(List.of("bearer Realm=\"https://t/x?a=b,c\" , service = reg, scope=\"a:b:pull,push\""));

        assertThat(challenges).hasSize(1);
        assertThat(challenges.get(0).isBearer()).isTrue();
        assertThat(challenges.get(0).parameter("realm")).contains("https://t/x?a=b,c");
        assertThat(challenges.get(0).parameter("service")).contains("reg");
        assertThat(challenges.get(0).parameter("scope")).contains("a:b:pull,push");
    }

    @Test
    void readsSeveralInOneHeaderAndInSeveral() {
        List<Challenge> challenges = Challenge.parse(
                List.of("Negotiate, Basic realm=\"a \\\"b\\\"\", Bearer realm=\"r\"", "Digest qop=auth"));

        assertThat(challenges).extracting(Challenge::scheme).containsExactly("negotiate", "basic", "bearer", "digest");
        assertThat(challenges.get(1).parameter("realm")).contains("a \"b\"");
        assertThat(Challenge.best(challenges)).contains(challenges.get(2));
    }

    @Test
    void whatIsLongTakesNothingFromTheStack() {
        String value = "a\\\"".repeat(20_000) + "a".repeat(20_000);
        assertThat(Challenge.parse(List.of("Bearer realm=\"" + value + "\"")))
                .extracting(challenge -> challenge.parameter("realm").orElseThrow())
                .containsExactly(value.replace("\\", ""));
        assertThat(Challenge.parse(List.of("Bearer realm=\"" + value)))
                .allMatch(challenge -> challenge.parameters().isEmpty());
    }

    @Test
    void makesNothingOfNonsense() {
        assertThat(Challenge.parse(List.of("", "=", "\"x\"", "a=b"))).isEmpty();
        assertThat(Challenge.best(Challenge.parse(List.of("Bearer")))).isEmpty();
    }
}

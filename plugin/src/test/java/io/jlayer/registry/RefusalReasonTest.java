// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of refusals that are worded in other ways than the specification's. */
class RefusalReasonTest extends AgainstFakeRegistry {

    @ParameterizedTest
    @ValueSource(ints = {520, 522, 524, 529, 425})
    void whatStandsBeforeARegistryHasStatusesOfItsOwn(int status) throws IOException {
        registry.fail(1, request -> request.is("POST", ".*"), Fault.status(status));
        try (TestRun run = new TestRun()) {
            push(run, image, "a/b:1");
            assertThat(run.sleeps).hasSize(1);
        }
    }

    @Test
    void tooManyRequestsMayComeUnderAnotherStatus() throws IOException {
        registry.fail(1, request -> request.is("POST", ".*"), Fault.refusal(403, "TOOMANYREQUESTS"));
        try (TestRun run = new TestRun()) {
            push(run, image, "a/b:1");
            assertThat(run.sleeps).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'errors':[{'code':'A','message':'invalid','detail':{'message':'no schema'}}]}#A; invalid; no schema",
                "{'errors':[{'code':'A','message':'no','detail':{'Digest':'x'}}]}#A; no; {\"Digest\":\"x\"}",
                "{'errors':[{'code':'A','message':'','detail':'immutable'}]}#A; immutable",
                "{'errors':[{'code':'A','message':'no','detail':[{'Type':'repository'}]}]}#A; no",
                "{'errors':[{'status':403,'message':'quota'}]}#quota",
                "{'message':'Rate exceeded'}#Rate exceeded",
                "{'details':'invalid token'}#invalid token"
            })
    void reasonsStandInManyPlaces(String body, String told) throws IOException {
        registry.fail(1, request -> request.is("POST", ".*"), (request, answer, service) -> {
            answer.header("Content-Type", "application/json");
            answer.send(422, body.replace('\'', '"').getBytes(UTF_8));
        });
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, image, "a/b:1")).hasMessageContaining("422 " + told);
        }
    }

    @Test
    void aWebsiteIsNoRegistry() throws IOException {
        registry.fail(99, request -> true, (request, answer, service) -> {
            answer.header("Content-Type", "text/html; charset=utf-8");
            answer.send(200, "<html>Welcome</html>".getBytes(UTF_8));
        });
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, image, "a/b:1"))
                    .hasRootCauseInstanceOf(NoRegistryException.class)
                    .hasMessageEndingWith("what answers there shows pages for people");
        }
    }

    @Test
    void aReasonMayBePlainText() throws IOException {
        registry.fail(1, request -> request.is("POST", ".*"), (request, answer, service) -> {
            answer.header("Content-Type", "text/plain; charset=utf-8");
            answer.send(409, "This repository takes nothing\nmore".getBytes(UTF_8));
        });
        try (TestRun run = new TestRun()) {
            assertThatThrownBy(() -> push(run, image, "a/b:1"))
                    .hasMessageContaining("409 This repository takes nothing more");
        }
    }
}

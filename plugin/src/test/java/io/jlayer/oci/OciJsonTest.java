// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "null",
                "\"text\"",
                "{",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1}{",
                "{\"a\":1} {\"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":+1}",
                "{\"a\":1} // comment",
                "{\"a\":\"\u0001\"}",
                "{\"a\":[1,]}",
                "{\"a\":[}",
            })
    void refusesAllThatIsNotOneObject(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OciJson.parse(text));
    }

    @Test
    void refusesAMemberThatIsThereTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OciJson.parse("{\"a\":{\"b\":1,\n\"b\":2}}"))
                .withMessageContaining("Duplicate field 'b'")
                .withMessageContaining("line 2");
    }

    @Test
    void refusesNestingThatIsDeep() {
        assertThat(OciJson.parse(nested(99)).has("a")).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> OciJson.parse(nested(101)));
        assertThatIllegalArgumentException().isThrownBy(() -> OciJson.parse(nested(1_000_000)));
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    @Test
    void refusesDocumentsThatAreLarge() {
        String large = "{\"a\":[" + "0,".repeat(OciJson.MAX_DOCUMENT_BYTES / 2) + "0]}";
        assertThatIllegalArgumentException().isThrownBy(() -> OciJson.parse(large));
    }

    @Test
    void refusesNumbersThatAreLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> OciJson.parse("{\"a\":" + "9".repeat(100_000) + "}"));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] document = "{\"a\":\"?\"}".getBytes(UTF_8);
        document[6] = (byte) 0xff;
        assertThatIllegalArgumentException().isThrownBy(() -> OciJson.parse(document));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"z\":1,\"a\":2,\"m\":{\"y\":[],\"b\":{}}}",
                "{\"Healthcheck\":{\"Test\":[\"CMD\",\"x\"],\"Interval\":30000000000},\"later\":[1,[null,true,false]]}",
                "{\"big\":123456789012345678901234567890,\"least\":-9223372036854775808,\"real\":1.50}",
                "{\"umlaut\":\"\u00e4\u20ac\ud83d\ude00\",\"escaped\":\"\\\"\\\\\\n\\t\\u0001\"}",
                "{\"\":\"\",\"nothing\":null}",
            })
    void whatIsReadIsWrittenAgainByteForByte(String text) {
        assertThat(OciJson.parse(text)).hasToString(text);
        assertThat(OciJson.parse(OciJson.writeIndented(OciJson.parse(text)))).hasToString(text);
    }

    @Test
    void indentedJsonHasTheSameLineBreaksOnEveryMachine() {
        assertThat(OciJson.writeIndented(OciJson.parse("{\"a\":[1,2],\"b\":{\"c\":\"d\"}}")))
                .isEqualTo("{\n  \"a\" : [\n    1,\n    2\n  ],\n  \"b\" : {\n    \"c\" : \"d\"\n  }\n}\n");
    }

    @Test
    void writesWhatIsEmptyInOneLineAndEscapesNoMoreThanItMust() {
        assertThat(OciJson.writeIndented(OciJson.parse("{\"a\":[],\"b\":{}}")))
                .isEqualTo("{\n  \"a\" : [ ],\n  \"b\" : { }\n}\n");
        assertThat(JsonObject.EMPTY.with("a/\u007f\u2028<\u00e4>", "\b\f\r\u001f"))
                .hasToString("{\"a/\u007f\u2028<\u00e4>\":\"\\b\\f\\r\\u001F\"}");
    }

    @Test
    void numbersBeyond64BitsAreKeptButNoWholeNumbers() {
        JsonObject json = OciJson.parse("{\"a\":9223372036854775808,\"b\":9223372036854775807,\"c\":1.0}");
        assertThat(json.members()).containsEntry("a", BigInteger.ONE.shiftLeft(63));
        assertThat(json.number("b")).contains(Long.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> json.number("a")).withMessageContaining("'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> json.number("c")).withMessageContaining("'c'");
    }

    /** Whatever bytes come: an object or a refusal, nothing else. */
    @Test
    void brokenDocumentsAreRefusedAndNeverWorse() {
        long seed = System.nanoTime();
        System.out.println("OciJsonTest seed " + seed);
        Random random = new Random(seed);
        byte[] sound =
                "{\"a\":[1,2.5e3,\"x\\u00e4\",null,{\"b\":true}],\"c\":{\"d\":\"\\n\"},\"e\":-0}".getBytes(UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] broken = sound.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(OciJson.parse(broken).toString()).isNotEmpty();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

    private static final JsonObject SAMPLE =
            OciJson.parse("{\"text\":\"t\",\"number\":7,\"flag\":true,\"object\":{\"k\":\"v\"},\"list\":[\"a\",\"b\"],"
                    + "\"objects\":[{\"x\":1}],\"nothing\":null}");

    @Test
    void membersAreReadByTheirType() {
        assertThat(SAMPLE.text("text")).contains("t");
        assertThat(SAMPLE.number("number")).contains(7L);
        assertThat(SAMPLE.flag("flag")).contains(true);
        assertThat(SAMPLE.object("object").orElseThrow().textMap("none")).isEmpty();
        assertThat(SAMPLE.textMap("object")).containsExactly(Map.entry("k", "v"));
        assertThat(SAMPLE.texts("list")).containsExactly("a", "b");
        assertThat(SAMPLE.objects("objects")).hasSize(1);
    }

    @Test
    void anotherTypeIsRefusedByTheMembersName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SAMPLE.text("number"))
                .withMessage("'number' is not text");
        assertThatIllegalArgumentException().isThrownBy(() -> SAMPLE.number("text"));
        assertThatIllegalArgumentException().isThrownBy(() -> SAMPLE.flag("text"));
        assertThatIllegalArgumentException().isThrownBy(() -> SAMPLE.object("list"));
        assertThatIllegalArgumentException().isThrownBy(() -> SAMPLE.texts("objects"));
        assertThatIllegalArgumentException().isThrownBy(() -> SAMPLE.objects("list"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OciJson.parse("{\"m\":{\"k\":1}}").textMap("m"))
                .withMessage("'m.k' is not text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SAMPLE.requiredText("missing"))
                .withMessage("'missing' is missing");
    }

    @Test
    void nullIsAsGoodAsMissing() {
        assertThat(SAMPLE.has("nothing")).isFalse();
        assertThat(SAMPLE.text("nothing")).isEmpty();
        assertThat(SAMPLE.objects("nothing")).isEmpty();
        assertThat(SAMPLE.textMap("nothing")).isEmpty();
    }

    @Test
    void aChangedMemberStaysAtItsPlace() {
        JsonObject json = OciJson.parse("{\"a\":1,\"b\":2}");
        assertThat(json.with("a", "x").with("c", 3)).hasToString("{\"a\":\"x\",\"b\":2,\"c\":3}");
        assertThat(json.without("a")).hasToString("{\"b\":2}");
        assertThat(json).hasToString("{\"a\":1,\"b\":2}");
        assertThat(json.without("none")).isSameAs(json);
    }

    @Test
    void emptyMembersAreLeftOut() {
        JsonObject json = JsonObject.EMPTY.with("a", 1);
        assertThat(json.withUnlessEmpty("a", "")).isEqualTo(JsonObject.EMPTY);
        assertThat(json.withUnlessEmpty("b", List.of())).isEqualTo(json);
        assertThat(json.withUnlessEmpty("b", new TreeMap<>())).isEqualTo(json);
        assertThat(json.withUnlessEmpty("b", JsonObject.EMPTY)).isEqualTo(json);
        assertThat(json.withUnlessEmpty("b", null)).isEqualTo(json);
        assertThat(json.withUnlessEmpty("b", 0)).hasToString("{\"a\":1,\"b\":0}");
    }

    @Test
    void whatWasGivenCannotBeChangedFromOutside() {
        List<String> list = new ArrayList<>(List.of("a"));
        TreeMap<String, String> map = new TreeMap<>(Map.of("k", "v"));
        JsonObject json = JsonObject.EMPTY.with("list", list).with("map", map);
        list.add("b");
        map.clear();
        assertThat(json).hasToString("{\"list\":[\"a\"],\"map\":{\"k\":\"v\"}}");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> json.members().clear());
    }

    @Test
    void whatHasNoFormInJsonIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.EMPTY.with("a", new Object()));
    }
}

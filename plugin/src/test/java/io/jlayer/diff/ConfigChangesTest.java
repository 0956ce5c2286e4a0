// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.image.Image;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigChangesTest {

    private static final SortedMap<String, String> NONE = new TreeMap<>();

    private static ComparedImage image(String members, SortedMap<String, String> annotations) {
        String json = "{'os':'linux','architecture':'amd64'," + members + "}";
        ImageConfig config = new ImageConfig(OciJson.parse(json.replace('\'', '"')));
        Descriptor descriptor =
                Descriptor.of(MediaType.CONFIG, config.toString().getBytes(StandardCharsets.UTF_8));
        return new ComparedImage(
                Descriptor.of(MediaType.MANIFEST, new byte[0]), descriptor, new Image(config, List.of(), annotations));
    }

    private static List<String> changes(String before, String after) {
        return ConfigChanges.between(image(before, NONE), image(after, NONE)).stream()
                .map(ConfigChangesTest::line)
                .toList();
    }

    private static String line(ConfigChange change) {
        return change.kind().letter() + " " + change.what() + " " + change.name() + ": "
                + change.before().orElse("-") + " -> " + change.after().orElse("-");
    }

    @Test
    void eachThingHasALine() {
        assertThat(changes(
                        "'config':{'Env':['A=1','B=2','C=3'],'User':'1','Entrypoint':['java','-jar','a b']}",
                        "'config':{'Env':['C=3','A=2','D'],'Labels':{'l':'x'},'Entrypoint':['java'],"
                                + "'ExposedPorts':{'80/tcp':{}},'OnBuild':[1]},'created':'2026-01-01T00:00:00Z'"))
                .containsExactlyInAnyOrder(
                        "C environment A: 1 -> 2",
                        "D environment B: 2 -> -",
                        "A environment D: - -> D",
                        "D user : 1 -> -",
                        "C entrypoint : java -jar 'a b' -> java",
                        "A label l: - -> x",
                        "A port 80/tcp: - -> ",
                        "A OnBuild : - -> [1]",
                        "A created : - -> 2026-01-01T00:00:00Z");
    }

    @Test
    void secretsAreMasked() {
        assertThat(changes(
                        "'config':{'Env':['DB_PASSWORD=one','URL=https://u:one@host/','AUTHOR=one']}",
                        "'config':{'Env':['DB_PASSWORD=two','URL=https://u:two@host/','AUTHOR=two'],"
                                + "'Cmd':['run','--token=three','--password','four']}"))
                .containsExactlyInAnyOrder(
                        "C environment DB_PASSWORD: *** -> ***",
                        "C environment URL: https://u:***@host/ -> https://u:***@host/",
                        "C environment AUTHOR: one -> two",
                        "A command : - -> run --token=*** --password ***");
    }

    @Test
    void secretsAreMaskedHoweverDeepTheyAre() {
        assertThat(changes(
                        "'config':{}",
                        "'config':{'Healthcheck':{'Test':['CMD','x','--token','abc'],'Retries':3},"
                                + "'Own':[{'list':['-p',1],'credentials':{'user':'abc'},'password':null}]}"))
                .containsExactly(
                        "A healthcheck : - -> {\"Test\":[\"CMD\",\"x\",\"--token\",\"***\"],\"Retries\":3}",
                        "A Own : - -> [{\"list\":[\"-p\",1],\"credentials\":\"***\",\"password\":\"***\"}]");
    }

    @Test
    void annotationsAreCompared() {
        SortedMap<String, String> revision = new TreeMap<>();
        revision.put("org.opencontainers.image.revision", "abc");
        assertThat(ConfigChanges.between(image("'config':{}", NONE), image("'config':{}", revision)))
                .extracting(ConfigChangesTest::line)
                .containsExactly("A annotation org.opencontainers.image.revision: - -> abc");
    }

    @Test
    void anotherOrderOfMembersIsTold() {
        assertThat(changes("'config':{'User':'1','StopSignal':'2'}", "'config':{'StopSignal':'2','User':'1'}"))
                .containsExactly("C config : - -> says the same, written in another way");
    }

    @Test
    void ofTheHistoryTheLinesThatDifferAreNamed() {
        assertThat(history("a 1.0,b,c", "a 1.0,b,c")).isEmpty();
        assertThat(history("a 1.0,b,c", "a 1.1,b,c")).containsExactly("C history : - -> a 1.0 -> 1.1");
        assertThat(history("a 1.0,b", "c,a 1.0,d,e,f")).containsExactly("C history : - -> c and 3 more added; b gone");
        assertThat(history("a,b,c", "c,b,a")).containsExactly("C history : - -> the same lines in another order");
        assertThat(changes("'history':[{'created_by':'a'},{}]", "'history':[{'created_by':'a','author':'x'},{'x':1}]"))
                .containsExactly("C history : - -> a (author); line 2 (x)");
    }

    @Test
    void linesThatDifferAlikeAreToldTogether() {
        String old = "'history':[{'comment':'a','created':'1'},{'comment':'b','created':'1'},"
                + "{'comment':'c','created':'1'},{'comment':'d','created':'1'},{'comment':'e 1','created':'1'}]";
        assertThat(changes(old, old.replace("'1'", "'2'").replace("e 1", "e 2")))
                .containsExactly("C history : - -> a and 3 more (created); e 1 -> 2");
    }

    private static List<String> history(String before, String after) {
        return changes(lines(before), lines(after));
    }

    private static String lines(String comments) {
        return "'history':[{'comment':'" + comments.replace(",", "'},{'comment':'") + "'}]";
    }

    @Test
    void strangeTypesAreShownAsTheyAre() {
        assertThat(changes("'config':{'Env':{'A':1},'Labels':'x'}", "'config':{'Env':'A=1','Labels':[{'a':null}]}"))
                .isNotEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.error.UserError;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    private static final Set<String> KNOWN = Set.of("from", "to", "push", "container", "image", "skip", "layers");

    private final BuildMojo goal = new BuildMojo();

    private void apply(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        CommandLine.apply(goal, properties, KNOWN);
    }

    private void refused(String name, String value, String... words) {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> apply(name, value))
                .withMessageContainingAll(words)
                .withMessageContaining("To fix: ");
    }

    @Test
    void winsOverWhatThePomSays() {
        goal.from = "pom";
        goal.container.user = "pom";
        apply("jlayer.from", "scratch", "jlayer.container.user", "42");
        assertThat(goal.from).isEqualTo("scratch");
        assertThat(goal.container.user).isEqualTo("42");
    }

    @Test
    void leavesAloneWhatItDoesNotSpeakOf() {
        goal.container.workingDirectory = "/pom";
        goal.container.environment = new TreeMap<>(Map.of("A", "pom", "B", "pom"));
        apply("jlayer.container.environment.A", "line", "other.property", "x");
        assertThat(goal.container.workingDirectory).isEqualTo("/pom");
        assertThat(goal.container.environment).containsExactly(Map.entry("A", "line"), Map.entry("B", "pom"));
    }

    @Test
    void anElementThatIsWrittenAsTextKeepsWhatElseThePomSaysInIt() {
        goal.to = new ToParameters();
        goal.to.set("oci:pom");
        goal.to.tags = List.of("1.0");
        goal.push.force = true;
        apply("jlayer.to", "oci:line", "jlayer.push", "");
        assertThat(goal.to.images).containsExactly("oci:line");
        assertThat(goal.to.tags).containsExactly("1.0");
        assertThat(goal.push.enabled).isTrue();
        assertThat(goal.push.force).isTrue();
    }

    @Test
    void listsAndMapsAreWrittenWithCommas() {
        goal.container.environment = new TreeMap<>(Map.of("OLD", "x"));
        apply(
                "jlayer.container.args",
                "a, b,,c",
                "jlayer.container.environment",
                "A=1,B=x=y",
                "jlayer.platforms",
                "linux/amd64,linux/arm64");
        assertThat(goal.container.args).containsExactly("a", "b", "c");
        assertThat(goal.container.environment).containsExactly(Map.entry("A", "1"), Map.entry("B", "x=y"));
        assertThat(goal.platforms).hasSize(2);
    }

    @Test
    void namesWithDotsAreKeysOfMaps() {
        apply("jlayer.container.labels.org.example.team", "shop");
        assertThat(goal.container.labels).containsExactly(Map.entry("org.example.team", "shop"));
    }

    @Test
    void whatMayBeWrittenAsTextInThePomMayBeHere() {
        apply("jlayer.to", "oci:a,oci:b");
        assertThat(goal.to.images).containsExactly("oci:a", "oci:b");
        apply("jlayer.to.image", "oci:c");
        assertThat(goal.to.images).containsExactly("oci:c");
        apply("jlayer.to", "oci:a,oci:b");
        apply("jlayer.to.tags", "1.0,latest");
        assertThat(goal.to.tags).containsExactly("1.0", "latest");
        assertThat(goal.to.images).hasSize(2);
    }

    @Test
    void innerBeansAreMade() {
        apply("jlayer.container.healthcheck.command", "true", "jlayer.container.healthcheck.retries", "3");
        assertThat(goal.container.healthcheck.command).isEqualTo(List.of("true"));
        assertThat(goal.container.healthcheck.retries).isEqualTo(3);
    }

    @Test
    void truthValuesNumbersAndFiles() {
        apply("jlayer.skip", "", "jlayer.maxLayers", " 7 ", "jlayer.store", "cache");
        assertThat(goal.skip).isTrue();
        assertThat(goal.maxLayers).isEqualTo(7);
        assertThat(goal.store).isEqualTo(new File("cache").getAbsoluteFile());
        apply("jlayer.skip", "false");
        assertThat(goal.skip).isFalse();
        refused("jlayer.skip", "nope", "'nope' is neither true nor false (-Djlayer.skip)");
        refused("jlayer.maxLayers", "many", "'many' is not a whole number (-Djlayer.maxLayers)");
    }

    @Test
    void slipsOfThePenAreNoticedAndTheNearestIsOffered() {
        refused("jlayer.form", "x", "there is no setting 'jlayer.form'", "did you mean jlayer.from?");
        refused("jlayer.container.mainclass", "x", "did you mean jlayer.container.mainClass?");
        refused("jlayer.container.healthcheck.intervall", "1s", "did you mean jlayer.container.healthcheck.interval?");
        refused("jlayer.contianer.user", "x", "did you mean jlayer.container.user?");
        refused("jlayer.mainClass", "x", "did you mean jlayer.container.mainClass?");
        refused("jlayer.tags", "x", "did you mean jlayer.to.tags?");
        refused("jlayer.interval", "1s", "mvn jlayer:help -Ddetail");
        refused("jlayer.zzz", "x", "mvn jlayer:help -Ddetail");
        refused("jlayer.container.user.name", "x", "there is no setting", "write jlayer.container.user");
        refused("jlayer.container.environment", "A", "'A' is not NAME=VALUE (-Djlayer.container.environment)");
        refused("jlayer.layers", "x", "cannot be given as one text", "in the POM");
        refused("jlayer.container", "x", "cannot be given as one text", "jlayer.container.mainClass");
    }

    @Test
    void settingsOfOtherGoalsAreLeftToThem() {
        apply("jlayer.image", "oci:x");
        assertThatExceptionOfType(UserError.class).isThrownBy(() -> apply("jlayer.imag", "oci:x"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import static io.jlayer.project.Jars.jar;
import static io.jlayer.project.Jars.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.project.Dependency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayeringTest {

    private static final long MB = 1_000_000;

    private static List<DependencyLayer> split(String layering, List<Dependency> dependencies) throws IOException {
        return new Layering(layering, OptionalInt.empty()).split(dependencies);
    }

    private static List<String> names(List<DependencyLayer> layers) {
        return layers.stream().map(DependencyLayer::name).toList();
    }

    private static Set<String> artifacts(DependencyLayer layer) {
        return layer.dependencies().stream().map(Dependency::artifactId).collect(Collectors.toCollection(TreeSet::new));
    }

    private static final List<Dependency> SERVICE = List.of(
            jar("org.springframework.boot:spring-boot:3.5.7", 2 * MB),
            jar("org.springframework:spring-core:6.2.12", 2 * MB),
            jar("org.springframework:spring-web:6.2.12", 2 * MB),
            jar("org.hibernate.orm:hibernate-core:6.6.33", 12 * MB),
            jar("org.slf4j:slf4j-api:2.0.17", 70_000),
            jar("com.acme:early:1.0-SNAPSHOT", MB),
            module("com.shop:model:1.0", MB));

    @Test
    void whatIsReleasedTogetherSharesALayer() throws IOException {
        List<DependencyLayer> layers = split("auto", SERVICE);

        assertThat(layers)
                .anySatisfy(layer -> assertThat(artifacts(layer)).containsExactly("spring-core", "spring-web"));
        assertThat(layers).anySatisfy(layer -> assertThat(artifacts(layer)).containsExactly("spring-boot"));
    }

    @Test
    void biggestLowestAndWhatChangesOftenOnTop() throws IOException {
        List<String> names = names(split("auto", SERVICE));

        assertThat(names.get(0)).isEqualTo("hibernate-core 6.6.33");
        assertThat(names.subList(names.size() - 2, names.size())).containsExactly("snapshots", "modules");
    }

    @Test
    void whatIsReleasedMonthlyLiesAboveWhatIsTwiceAsSmall() throws IOException {
        List<Dependency> jars = List.of(
                jar("org.springframework:spring-core:6.2.12", 2 * MB),
                jar("com.github.lib:other:1.0", MB),
                jar("org.springframeworks:no-kin:6.2.12", 2 * MB));

        assertThat(names(split("auto", jars)))
                .containsExactly(
                        "org.springframeworks:no-kin 6.2.12", "com.github.lib:other 1.0", "spring-core 6.2.12");
    }

    @Test
    void orderOfTheClassPathDoesNotMatter() throws IOException {
        for (String layering : Layering.NAMES) {
            List<Dependency> shuffled = new ArrayList<>(SERVICE);
            Collections.shuffle(shuffled, new Random(7));
            assertThat(names(split(layering, shuffled))).isEqualTo(names(split(layering, SERVICE)));
        }
    }

    @Test
    void everyDependencyIsInExactlyOneLayer() throws IOException {
        for (String layering : Layering.NAMES) {
            for (int most = 4; most < 12; most++) {
                List<Dependency> all = new Layering(
                                layering,
                                layering.equals("per-dependency") ? OptionalInt.empty() : OptionalInt.of(most))
                        .split(SERVICE).stream()
                                .flatMap(layer -> layer.dependencies().stream())
                                .toList();
                assertThat(all).containsExactlyInAnyOrderElementsOf(SERVICE);
            }
        }
    }

    @Test
    void aNewSmallVersionChangesOnlyItsOwnBucket() throws IOException {
        List<Dependency> before = many("1.0");
        List<Dependency> after = new ArrayList<>(before);
        after.set(5, jar("net.p5:lib5:1.1", 1000));

        List<Set<Dependency>> old = split("auto", before).stream()
                .map(layer -> Set.copyOf(layer.dependencies()))
                .toList();
        long changed = split("auto", after).stream()
                .filter(layer -> !old.contains(Set.copyOf(layer.dependencies())))
                .count();

        assertThat(changed).isEqualTo(1);
    }

    @Test
    void smallJarsThatAreReleasedMonthlyShareALayerOfTheirOwn() throws IOException {
        List<Dependency> jars = new ArrayList<>(many("1.0"));
        jars.add(jar("io.micrometer:micrometer-commons:1.15.4", 1000));
        jars.add(jar("io.netty:netty-resolver:4.1.127", 1000));

        assertThat(split("auto", jars))
                .filteredOn(layer -> layer.name().equals("other dependencies, monthly"))
                .singleElement()
                .satisfies(layer -> assertThat(layer.dependencies())
                        .extracting(Dependency::artifactId)
                        .containsExactlyInAnyOrder("micrometer-commons", "netty-resolver"));
    }

    @Test
    void bucketsKeepTheirNamesWhenAnotherIsEmpty() throws IOException {
        List<DependencyLayer> all = split("auto", many("1.0"));
        List<String> letters = List.of("A", "B", "C", "D", "E");
        assertThat(names(all).subList(1, 6))
                .containsExactlyInAnyOrderElementsOf(letters.stream()
                        .map(letter -> "other dependencies, bucket " + letter)
                        .toList());

        List<Dependency> fewer = new ArrayList<>(many("1.0"));
        fewer.removeAll(all.stream()
                .filter(layer -> layer.name().endsWith(" B"))
                .findFirst()
                .orElseThrow()
                .dependencies());
        assertThat(split("auto", fewer))
                .containsExactlyElementsOf(all.stream()
                        .filter(layer -> !layer.name().endsWith(" B"))
                        .toList());
    }

    private static List<Dependency> many(String version) {
        List<Dependency> jars = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            jars.add(jar("net.p" + i + ":lib" + i + ":" + version, 1000));
        }
        jars.add(jar("org.big:big:1", 100 * MB));
        return jars;
    }

    @Test
    void maxLayersIsKeptByAllButPerDependency() throws IOException {
        List<Dependency> jars = new ArrayList<>(SERVICE);
        for (int i = 0; i < 200; i++) {
            jars.add(jar("org.g" + i + ":a:" + i, MB));
        }
        for (int most = 1; most <= 40; most++) {
            for (String layering : List.of("auto", "fleet", "simple")) {
                assertThat(new Layering(layering, OptionalInt.of(most)).split(jars))
                        .as("%s with %d", layering, most)
                        .hasSizeLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void fleetPutsBigJarsAlone() throws IOException {
        assertThat(split("fleet", SERVICE))
                .anySatisfy(layer -> assertThat(layer.name()).isEqualTo("spring-web 6.2.12"));
    }

    @Test
    void simpleHasOneLayerForAllThatIsReleased() throws IOException {
        assertThat(names(split("simple", SERVICE))).containsExactly("dependencies", "snapshots", "modules");
    }

    @Test
    void tooManyForOneEachIsSaid() {
        List<Dependency> jars = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            jars.add(jar("g:a" + i + ":1", 10));
        }

        assertThatThrownBy(() -> split("per-dependency", jars))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("130 layers")
                .hasMessageContaining("127");
    }

    @Test
    void impossibleLimitsAreRefused() {
        assertThatThrownBy(() -> new Layering("auto", OptionalInt.of(0))).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Layering("auto", OptionalInt.of(128))).hasMessageContaining("127");
    }

    @Test
    void nothingGivesNoLayers() throws IOException {
        for (String layering : Layering.NAMES) {
            assertThat(split(layering, List.of())).isEmpty();
        }
    }
}

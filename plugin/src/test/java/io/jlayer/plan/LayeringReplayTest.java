// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.project.Dependency;
import io.jlayer.project.Jars;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * What the default layering costs over two years of a real service: 42 releases of its parent, each taken train by train,
 * as a bot that bumps versions would, or all at once. Bytes to push are those of layers that no earlier build had. Bytes to
 * pull are those of a client that knows a layer only by all that lies below it, and fetches all above the lowest change.
 */
class LayeringReplayTest {

    /** One state of the class path, by coordinates without version. */
    private final Map<String, Dependency> classPath = new LinkedHashMap<>();

    private final Set<Dependency> jarsHeld = new HashSet<>();
    private final Set<Set<Dependency>> layersHeld = new HashSet<>();
    private final Set<Integer> chainsHeld = new HashSet<>();
    private Layering plan;
    private long pushed;
    private long pulled;
    private long all;
    private long bound;
    private int mostLayers;
    private int bumps;

    @Test
    void autoPushesHardlyMoreThanTheJarsThatChanged() throws IOException {
        replay("auto");

        assertThat(bumps).isGreaterThan(400);
        assertThat((double) pushed / bound).as("%d of %d bytes", pushed, bound).isBetween(1.0, 1.08);
        assertThat(mostLayers).isLessThanOrEqualTo(28);
    }

    @Test
    void autoLetsClientsThatFetchAllAboveAChangeFetchAThird() throws IOException {
        replay("auto");

        assertThat((double) pulled / all).as("%d of %d bytes", pulled, all).isBetween(0.2, 0.345);
    }

    /** When a framework moves, half of all bytes do: with hindsight, an order for all of the two years gave 0.82. */
    @Test
    void autoIsWorthItForThoseClientsEvenWhenAFrameworkMovesAtOnce() throws IOException {
        begin("auto");
        for (Map<String, Dependency> release : releases().subList(1, 42)) {
            classPath.clear();
            classPath.putAll(release);
            build();
        }

        assertThat((double) pulled / all).as("%d of %d bytes", pulled, all).isBetween(0.7, 0.85);
    }

    /** What README.md says of it, and what all that goes into one layer costs. */
    @Test
    void oneLayerForAllPushesManyTimesAsMuch() throws IOException {
        replay("simple");

        assertThat((double) pushed / bound).isBetween(20.0, 30.0);
    }

    private void begin(String layering) throws IOException {
        plan = new Layering(layering, OptionalInt.empty());
        classPath.putAll(releases().get(0));
        build();
        pushed = 0;
        pulled = 0;
        bound = 0;
        all = 0;
    }

    private void replay(String layering) throws IOException {
        begin(layering);
        List<Map<String, Dependency>> releases = releases();
        for (Map<String, Dependency> release : releases.subList(1, releases.size())) {
            bumpTrainByTrain(release);
        }
    }

    private void bumpTrainByTrain(Map<String, Dependency> release) throws IOException {
        Map<String, Set<String>> changes = new TreeMap<>();
        release.forEach((name, jar) -> {
            if (!jar.equals(classPath.get(name))) {
                changes.computeIfAbsent(jar.train(), train -> new TreeSet<>()).add(name);
            }
        });
        classPath.keySet().retainAll(release.keySet());
        for (Set<String> train : changes.values()) {
            train.forEach(name -> classPath.put(name, release.get(name)));
            bumps++;
            build();
        }
    }

    private void build() throws IOException {
        List<DependencyLayer> layers = plan.split(List.copyOf(classPath.values()));
        mostLayers = Math.max(mostLayers, layers.size());
        int below = 0;
        for (DependencyLayer layer : layers) {
            Set<Dependency> content = Set.copyOf(layer.dependencies());
            boolean isNew = layersHeld.add(content);
            below = Objects.hash(below, content);
            boolean isNewThere = chainsHeld.add(below);
            for (Dependency jar : content) {
                long size = jar.content().size();
                all += size;
                pushed += isNew ? size : 0;
                pulled += isNewThere ? size : 0;
                bound += jarsHeld.add(jar) ? size : 0;
            }
        }
    }

    private static List<Map<String, Dependency>> releases() throws IOException {
        try (InputStream in =
                new GZIPInputStream(LayeringReplayTest.class.getResourceAsStream("boot-releases.json.gz"))) {
            List<Map<String, Dependency>> releases = new ArrayList<>();
            for (JsonObject release : OciJson.parse(in.readAllBytes()).objects("releases")) {
                Map<String, Dependency> jars = new LinkedHashMap<>();
                release.object("jars").orElseThrow().members().forEach((name, value) -> {
                    List<?> versionAndSize = (List<?>) value;
                    jars.put(name, Jars.jar(name + ":" + versionAndSize.get(0), (Long) versionAndSize.get(1)));
                });
                releases.add(jars);
            }
            return releases;
        }
    }
}

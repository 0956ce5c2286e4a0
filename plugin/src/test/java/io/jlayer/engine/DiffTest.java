// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.image.RootTree;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.overlay.TestLayers;
import io.jlayer.tar.TarEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiffTest {

    private final RootTree before = RootTree.empty();
    private final Map<LayerPath, TarEntry> now = new TreeMap<>();

    private String own(String text) {
        return Diff.parse(text).own(now, before).kinds().entrySet().stream()
                .map(change -> change.getValue().letter() + " " + change.getKey())
                .collect(Collectors.joining("\n"));
    }

    private void has(TarEntry.Type type, String... names) {
        for (String name : names) {
            now.put(LayerPath.of(name), TestLayers.entry(name, type, "", 0));
        }
    }

    private void had(String directory, int mode, long owner) {
        before.add(new LayerSpec("test", List.of(TestLayers.directory(directory, mode, owner))));
    }

    @Test
    void directoryThatIsAsInTheImageIsLeftOut() {
        had("srv", 0755, 0);
        has(TarEntry.Type.DIRECTORY, "srv");
        has(TarEntry.Type.FILE, "srv/a");
        assertThat(own("C /srv\nA /srv/a\n")).isEqualTo("A /srv/a");
    }

    @Test
    void directoryOfAnotherModeOrOwnerIsKeptWithWhatIsInIt() {
        had("srv", 01777, 0);
        had("home", 0755, 33);
        has(TarEntry.Type.DIRECTORY, "srv", "home");
        has(TarEntry.Type.FILE, "srv/a", "home/a");
        assertThat(own("C /home\nA /home/a\nC /srv\nA /srv/a\n")).isEqualTo("C /home\nA /home/a\nC /srv\nA /srv/a");
    }

    @Test
    void directoryOfTheEnginesFilesCountsOnlyIfItChanged() {
        has(TarEntry.Type.DIRECTORY, "etc", "run");
        had("run", 0700, 0);
        assertThat(own("C /etc\nC /etc/hosts\nC /run\nA /dev/x\nA /.dockerenv\n"))
                .isEqualTo("C /run");
    }

    @Test
    void directoryInPlaceOfAFileIsAChange() {
        has(TarEntry.Type.DIRECTORY, "srv");
        assertThat(own("C /srv\n")).isEqualTo("C /srv");
    }

    @Test
    void whatCannotBeReadIsLeftOutAndSaid() {
        has(TarEntry.Type.FILE, "etc/passwd", "srv/b");
        String text = "A /srv/a\nb\nA /srv/b\nM /srv/c\nD /etc/passwd\nA /../y\nD /opt\n";
        assertThat(own(text)).isEqualTo("D /opt\nA /srv/b");
        assertThat(Diff.parse(text).warnings("docker"))
                .singleElement()
                .asString()
                .contains("'b' and 2 more");
        assertThat(Diff.parse("A /srv/b\n").warnings("docker")).isEmpty();
    }

    @Test
    void whatNoTarHoldsIsListedAllTheSame() {
        assertThat(own("A /run/socket\n")).isEqualTo("A /run/socket");
    }
}

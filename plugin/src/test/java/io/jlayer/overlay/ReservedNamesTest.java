// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a program's own whose names mean in a layer, and to fuse-overlayfs, that something is deleted. */
class ReservedNamesTest {

    @TempDir
    Path directory;

    private WritableRootFs rootFs;

    @BeforeEach
    void write() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
        Path lower = Files.createDirectories(directory.resolve("lower/srv")).getParent();
        Files.writeString(lower.resolve("srv/x"), "text\n");
        RootFs layers = new RootFs(
                List.of(new LayerDirectory(lower, Collections.emptySortedSet())),
                ThisUser.uid() == 0 ? new Ownership.Real() : new Ownership.Flat());
        rootFs = WritableRootFs.in(Files.createDirectory(directory.resolve("trial")), layers);
        Path srv = Files.createDirectory(rootFs.upper().resolve("srv"));
        Files.writeString(srv.resolve(".wh.x"), "own\n");
        Files.createLink(srv.resolve("y"), srv.resolve(".wh.x"));
        Files.createDirectory(srv.resolve(".wh.d"));
        Files.writeString(srv.resolve(".wh.d/z"), "own\n");
    }

    private List<String> layer() throws IOException {
        List<String> names = new ArrayList<>();
        Layer layer = rootFs.layer(Store.open(directory.resolve("store")).blobs());
        try (LayerReader reader = LayerReader.open(layer.blob())) {
            for (Optional<LayerReader.Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                names.add(entry.get().tar().name() + " " + entry.get().tar().type());
            }
        }
        return names;
    }

    @Test
    void theyAreListedAndDeleteNothing() throws IOException {
        Changes changes = rootFs.changes();
        assertThat(changes.all())
                .map(Change::toString)
                .containsExactly("A /srv/.wh.d", "A /srv/.wh.d/z", "A /srv/.wh.x", "A /srv/y");
        assertThat(changes.unsayable())
                .map(LayerPath::toString)
                .containsExactly("/srv/.wh.d", "/srv/.wh.d/z", "/srv/.wh.x");
        assertThat(layer()).containsExactly("srv DIRECTORY", "srv/y FILE");
    }

    @Test
    void fuseMeansThatSomethingIsDeleted() throws IOException {
        Files.write(directory.resolve("trial/rw").resolve(WritableRootFs.FUSE), new byte[0]);
        Changes changes = rootFs.changes();
        assertThat(changes.all()).map(Change::toString).containsExactly("D /srv/x", "A /srv/y");
        assertThat(changes.unsayable()).isEmpty();
        assertThat(layer()).contains("srv/.wh.x FILE");
    }
}

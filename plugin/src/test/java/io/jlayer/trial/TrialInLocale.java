// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.History;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.Change;
import io.jlayer.overlay.TestLayers;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A trial whose image, config and program are full of names that are not ASCII; says what came of it in ASCII alone. */
final class TrialInLocale {

    private static final String SCRIPT =
            "echo \"$GREETING $PWD $1 $(cat /etc/\u0151)\"; echo more >>/etc/\u0151; rm /srv/\u00fc;"
                    + " mkdir \u00f6; echo $1 >\u00f6/n\u00e9w; ln -s ../\u0151 \u00f6/\u2192; ln \u00f6/n\u00e9w \u00f6/n\u00e8w;"
                    + " touch \"/tmp/$(printf 'no\\377text')\" && rm /tmp/no*; cat </etc/pi\u00f1e >&2 & echo >/etc/pi\u00f1e; wait";

    private TrialInLocale() {}

    /** A store and an engine. */
    public static void main(String[] args) throws IOException {
        Store store = Store.open(Path.of(args[0]));
        TrialSpec spec = TrialSpec.builder()
                .engine(Engine.valueOf(args[1]))
                .command(List.of("/bin/sh", "-c", SCRIPT, "sh", "gr\u00fc\u00df' $HOME\\"))
                .commit(true)
                .build();
        TrialResult result =
                new Trials(store.root(), store.blobs(), List.of()).run(image(store), spec, new Streams.Inherited());
        for (Change change : result.changes().all()) {
            System.out.println(URLEncoder.encode(change.toString(), UTF_8));
        }
        System.out.println("layer " + result.layer().orElseThrow().diffId() + " code " + result.exitCode());
    }

    private static Image image(Store store) throws IOException {
        List<FileEntry> entries = new ArrayList<>(TestLayers.busybox());
        entries.add(TestLayers.text("etc/\u0151", "of the image"));
        entries.add(TestLayers.text("srv/\u00fc", "to be removed"));
        entries.add(new FileEntry.Fifo(LayerPath.of("etc/pi\u00f1e"), Metadata.FILE));
        entries.add(TestLayers.directory("srv/\u00e4", 0755, 0));
        Layer first = TestLayers.layer(store.blobs(), entries);
        // A second layer, with links through the first, and a directory that is hidden.
        Layer second = TestLayers.layer(
                store.blobs(),
                List.of(
                        new FileEntry.Symlink(LayerPath.of("w\u00e9g"), Metadata.FILE, "srv/\u00e4"),
                        new FileEntry.Whiteout(LayerPath.of("srv/n\u00f8thing")),
                        new FileEntry.HardLink(LayerPath.of("\u0151"), Metadata.FILE, LayerPath.of("etc/\u0151"))));
        History history = new History(Optional.empty(), "test", "", false);
        JsonObject execution = JsonObject.EMPTY
                .with("WorkingDir", "/w\u00e9g")
                .with("Env", List.of("GREETING=na\u00efve \ud83d\ude00"));
        Image plain = Image.scratch(Platform.HOST).append(first, history).append(second, history);
        return plain.withConfig(plain.config().withExecution(execution));
    }
}

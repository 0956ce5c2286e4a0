// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Store;
import io.jlayer.layer.Layer;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.HostPrograms;
import io.jlayer.overlay.LayerDirectories;
import io.jlayer.overlay.Ownership;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Builds a project's image and unpacks its layers, and says what came of it in ASCII alone. */
final class LocaleProcess {

    private LocaleProcess() {}

    /** The project, a store of its own, a directory for the layers, and a word for a program as hexadecimal UTF-8. */
    public static void main(String[] args) throws IOException {
        SmallApplication application = SmallApplication.in(Path.of(args[0]));
        Store store = Store.open(Path.of(args[1]));
        application.to.add("oci-archive:archive-\u00f6.tar");
        application.to.add("oci:layout-\u00f6");
        BuildReport first = application.build(store);
        System.out.println("built " + first.image().root().digest());
        System.out.println("again " + application.build(store).image().root().digest());
        List<Layer> layers = first.image().platforms().get(0).image().lowestFirst();
        new LayerDirectories(Path.of(args[2]), new Ownership.Flat()).rootFs(layers);
        String word = new String(HexFormat.of().parseHex(args[3]), UTF_8);
        String printed = HostCommand.run(List.of(HostPrograms.require("printf"), "%s|", "a b", word, "$HOME"));
        System.out.println("printed " + HexFormat.of().formatHex(printed.getBytes(UTF_8)));
    }
}

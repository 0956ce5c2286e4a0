// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.BlobStore;
import io.jlayer.layer.Compression;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LayerWriter;
import io.jlayer.layer.Metadata;
import io.jlayer.layer.Workers;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Images whose content follows from a seed. */
public final class RandomImages {

    /** A config with things in it that jlayer does not know. */
    private static final String UNKNOWN =
            """
            {"config": {"Shell": ["/bin/ash"], "OnBuild": ["RUN true"], "Healthcheck": {"Test": ["NONE"]}},
             "com.example.unknown": {"deep": [1, 2.50, null, "three"]}}""";

    private RandomImages() {}

    /** An image whose content follows from the seed; its layers are in the store. */
    public static Image of(long seed, Platform platform, BlobStore store) throws IOException {
        Random random = new Random(seed);
        JsonObject unknown = OciJson.parse(UNKNOWN.getBytes(UTF_8));
        ImageConfig config = new ImageConfig(ImageConfig.empty(platform)
                .withExecution(unknown.object("config").orElseThrow())
                .json()
                .with(
                        "com.example.unknown",
                        unknown.object("com.example.unknown").orElseThrow()));
        TreeMap<String, String> annotations = new TreeMap<>();
        annotations.put("com.example.seed", Long.toString(seed));
        Image image = Image.scratch(platform).withConfig(config).withAnnotations(annotations);
        try (Workers workers = new Workers(2)) {
            for (int number = 1 + random.nextInt(4); number > 0; number--) {
                Compression compression = List.of(Compression.GZIP, Compression.ZSTD, Compression.NONE)
                        .get(random.nextInt(3));
                LayerWriter writer = new LayerWriter(store, compression, workers);
                image = image.append(
                        writer.write(new LayerSpec("layer " + number, entries(random))),
                        new History(Optional.empty(), "test", "layer " + number, false));
            }
        }
        return image;
    }

    private static List<FileEntry> entries(Random random) {
        List<FileEntry> entries = new ArrayList<>();
        for (int number = 1 + random.nextInt(5); number > 0; number--) {
            byte[] content = new byte[random.nextInt(3000)];
            random.nextBytes(content);
            entries.add(
                    new FileEntry.Regular(LayerPath.of("files/file" + number), Metadata.FILE, FileContent.of(content)));
        }
        return entries;
    }
}

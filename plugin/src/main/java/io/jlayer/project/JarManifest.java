// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Takes out of a jar's manifest what tells of its making and not of its content. */
final class JarManifest {

    /** What a jar without a manifest gets. */
    static final byte[] EMPTY = "Manifest-Version: 1.0\r\n\r\n".getBytes(UTF_8);

    /** Lower-case names of attributes that Maven's archiver and its like write. */
    private static final Set<String> OF_THE_BUILDER = Set.of(
            "created-by",
            "build-jdk",
            "build-jdk-spec",
            "built-by",
            "archiver-version",
            "build-tool",
            "build-time",
            "build-timestamp",
            "bnd-lastmodified",
            "tool");

    private JarManifest() {}

    /** The manifest with its main attributes sorted and without the builder's. */
    static byte[] withoutBuilder(InputStream in) throws IOException {
        Manifest manifest = new Manifest(in);
        Map<String, String> kept = new TreeMap<>();
        manifest.getMainAttributes().forEach((name, value) -> {
            if (!OF_THE_BUILDER.contains(name.toString().toLowerCase(Locale.ROOT))) {
                kept.put(name.toString(), (String) value);
            }
        });
        Manifest clean = new Manifest();
        clean.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        kept.forEach((name, value) -> clean.getMainAttributes().putValue(name, value));
        clean.getEntries().putAll(manifest.getEntries());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        clean.write(out);
        return out.toByteArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A build in the few words that people read.
 *
 * @param digest of what the image's name stands for
 * @param platforms what each is made of
 */
public record BuildSummary(String digest, List<PlatformSummary> platforms) {

    /**
     * One platform's image.
     *
     * @param platform which
     * @param digest of its manifest
     * @param lowestFirst its layers
     */
    public record PlatformSummary(String platform, String digest, List<LayerSummary> lowestFirst) {

        /** Bytes of all layers, packed. */
        public long size() {
            long size = 0;
            for (LayerSummary layer : lowestFirst) {
                size += layer.size();
            }
            return size;
        }
    }

    /**
     * One layer.
     *
     * @param name what people call it
     * @param digest the first digits of the packed layer's
     * @param size bytes, packed
     * @param state {@code base}, {@code built}, {@code reused} or {@code shared}
     */
    public record LayerSummary(String name, String digest, long size, String state) {}

    static BuildSummary of(BuildReport report) {
        List<PlatformSummary> platforms = new ArrayList<>();
        for (BuildReport.PlatformReport platform : report.platforms()) {
            List<LayerSummary> layers = new ArrayList<>();
            for (BuildReport.LayerReport layer : platform.lowestFirst()) {
                layers.add(new LayerSummary(
                        layer.name(),
                        layer.layer().descriptor().digest().shortHex(),
                        layer.layer().descriptor().size(),
                        layer.state()));
            }
            platforms.add(new PlatformSummary(
                    platform.platform().toString(), platform.digest().toString(), layers));
        }
        return new BuildSummary(report.image().root().digest().toString(), platforms);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(digest);
        out.writeInt(platforms.size());
        for (PlatformSummary platform : platforms) {
            out.writeUTF(platform.platform());
            out.writeUTF(platform.digest());
            out.writeInt(platform.lowestFirst().size());
            for (LayerSummary layer : platform.lowestFirst()) {
                out.writeUTF(layer.name());
                out.writeUTF(layer.digest());
                out.writeLong(layer.size());
                out.writeUTF(layer.state());
            }
        }
    }

    static BuildSummary read(DataInputStream in) throws IOException {
        String digest = in.readUTF();
        List<PlatformSummary> platforms = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            String platform = in.readUTF();
            String manifest = in.readUTF();
            List<LayerSummary> layers = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                layers.add(new LayerSummary(in.readUTF(), in.readUTF(), in.readLong(), in.readUTF()));
            }
            platforms.add(new PlatformSummary(platform, manifest, layers));
        }
        return new BuildSummary(digest, platforms);
    }
}

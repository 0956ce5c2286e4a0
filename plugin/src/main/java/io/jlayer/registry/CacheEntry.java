// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Store;
import io.jlayer.layer.LayerRecords;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.Manifest;
import io.jlayer.oci.MediaType;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a fleet remembers of a layer: which recipe it came of, and what it is. Written as a manifest whose one layer it is,
 * and sealed with the fleet's key over all of it, so that nobody else can say what comes of a recipe.
 *
 * @param recipe what the layer was made of
 * @param descriptor the packed layer
 * @param diffId what it holds
 * @param tarSize length of its tar in bytes, where it is known
 */
record CacheEntry(Digest recipe, Descriptor descriptor, DiffId diffId, OptionalLong tarSize) {

    /** What stands in for a config; the specification's own words for "nothing". */
    static final byte[] NO_CONFIG = "{}".getBytes(UTF_8);

    private static final MediaType EMPTY = new MediaType("application/vnd.oci.empty.v1+json");
    private static final String DIFF_ID = "io.jlayer.cache.diff-id";
    private static final String TAR_SIZE = "io.jlayer.cache.tar-size";
    private static final String SEAL = "io.jlayer.cache.seal";

    /** The tag under which a recipe's entry is kept. */
    static String tag(Digest recipe) {
        return LayerRecords.KIND + "-" + recipe.hex();
    }

    static Descriptor noConfig() {
        return Descriptor.of(EMPTY, NO_CONFIG);
    }

    Manifest toManifest(String key) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(DIFF_ID, diffId.toString());
        tarSize.ifPresent(size -> annotations.put(TAR_SIZE, String.valueOf(size)));
        annotations.put(SEAL, seal(key));
        return new Manifest(Format.OCI, noConfig(), List.of(descriptor), annotations);
    }

    /** Reads an entry; nothing if it is another recipe's, was sealed with another key, or makes no sense. */
    static Optional<CacheEntry> parse(FetchedManifest fetched, Digest recipe, String key) {
        try {
            Manifest manifest =
                    Manifest.parse(fetched.bytes(), fetched.descriptor().mediaType());
            SortedMap<String, String> annotations = manifest.annotations();
            String size = annotations.get(TAR_SIZE);
            CacheEntry entry = new CacheEntry(
                    recipe,
                    manifest.lowestFirst().get(0),
                    DiffId.parse(annotations.getOrDefault(DIFF_ID, "")),
                    size == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(size)));
            byte[] given = annotations.getOrDefault(SEAL, "").getBytes(UTF_8);
            boolean ours = MessageDigest.isEqual(given, entry.seal(key).getBytes(UTF_8));
            return ours && manifest.lowestFirst().size() == 1 ? Optional.of(entry) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private String seal(String key) {
        Digest everything = Store.key(
                LayerRecords.KIND,
                recipe.toString(),
                descriptor.mediaType().name(),
                descriptor.digest().toString(),
                String.valueOf(descriptor.size()),
                diffId.toString(),
                tarSize.toString());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(everything.toString().getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HmacSHA256", e);
        }
    }
}

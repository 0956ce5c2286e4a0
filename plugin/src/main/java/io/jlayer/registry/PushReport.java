// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a push did.
 *
 * @param image the repository, with the digest that was pushed
 * @param tags that now name it
 * @param blobs layers and configs, and what became of each
 * @param bytesSent in bodies of requests: manifests and blobs, also those that had to be sent again
 * @param requests that were sent
 */
public record PushReport(
        ImageRef image, List<String> tags, SortedMap<Digest, Outcome> blobs, long bytesSent, int requests) {

    public PushReport {
        tags = List.copyOf(tags);
        blobs = Collections.unmodifiableSortedMap(new TreeMap<>(blobs));
    }

    /** Of the manifest, or of the index over several. */
    public Digest digest() {
        return image.digest().orElseThrow();
    }

    /** How many blobs had this outcome. */
    public long count(Outcome outcome) {
        return blobs.values().stream().filter(outcome::equals).count();
    }

    /** How many blobs came from another repository of the same registry. */
    public long mounted() {
        return count(Outcome.MOUNTED);
    }

    /** How many blobs were there before. */
    public long present() {
        return count(Outcome.PRESENT);
    }

    /** How many blobs were sent. */
    public long sent() {
        return count(Outcome.SENT);
    }
}

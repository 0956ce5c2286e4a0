// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.image.Image;
import io.jlayer.oci.AnnotationName;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import io.jlayer.plan.BuildPlan;
import io.jlayer.transport.TransportName;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the manifest of an image says: what the base's says, which base that is, and what the user says.
 *
 * <p>The names that the specification defines all speak of the image that carries them: its version, its source, its own
 * base. So what the base says under them would be false of the image above it, and does not go on to it.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys">annotations.md,
 *     Pre-Defined Annotation Keys</a>
 */
final class ManifestAnnotations {

    private ManifestAnnotations() {}

    /** The annotations of an image for one platform on this base; an empty text of the plan's takes one away. */
    static SortedMap<String, String> of(BuildPlan plan, Image base) {
        SortedMap<String, String> annotations = new TreeMap<>();
        for (Map.Entry<String, String> inherited : base.annotations().entrySet()) {
            if (!inherited.getKey().startsWith(AnnotationName.DEFINED)) {
                annotations.put(inherited.getKey(), inherited.getValue());
            }
        }
        addBase(annotations, TransportName.parse(plan.from(), "<from>"), base);
        for (Map.Entry<String, String> own : plan.annotations().entrySet()) {
            if (own.getValue().isEmpty()) {
                annotations.remove(own.getKey());
            } else {
                annotations.put(own.getKey(), own.getValue());
            }
        }
        return annotations;
    }

    /** Only where others can find the base by it: an engine knows no manifests, or other ones than a registry. */
    private static void addBase(SortedMap<String, String> annotations, TransportName from, Image base) {
        boolean isLayout = from.transport().equals("oci") || from.transport().equals("oci-archive");
        if (from.isRegistry()) {
            annotations.put(AnnotationName.BASE_NAME, fullName(from.reference()));
        }
        if ((from.isRegistry() || isLayout) && base.manifest().isPresent()) {
            Digest manifest = base.manifest().get();
            annotations.put(AnnotationName.BASE_DIGEST, manifest.toString());
        }
    }

    /** By which the base is found, whatever a client would put in for what is left out. */
    private static String fullName(ImageRef base) {
        boolean bare = base.tag().isEmpty() && base.digest().isEmpty();
        return (bare ? base.withTag(base.reference()) : base).toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

/**
 * Names of annotations that mean something here.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys">annotations.md,
 *     Pre-Defined Annotation Keys</a>
 */
public final class AnnotationName {

    /** Before all names that the specification defines; they speak of the image that carries them. */
    public static final String DEFINED = "org.opencontainers.image.";

    /** In the index of a layout: a tag to some programs, a whole name to others. */
    public static final String REF_NAME = DEFINED + "ref.name";

    public static final String BASE_NAME = DEFINED + "base.name";

    public static final String BASE_DIGEST = DEFINED + "base.digest";

    /** In the index of a layout, containerd's own word for a whole name. */
    public static final String CONTAINERD_NAME = "io.containerd.image.name";

    private AnnotationName() {}
}

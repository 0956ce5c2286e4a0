// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.layer.FileContent;
import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Dependencies whose jars have a size but no bytes. */
public final class Jars {

    private Jars() {}

    /** A dependency, as {@code groupId:artifactId:version}. */
    public static Dependency jar(String coordinates, long size) {
        return jar(coordinates, size, false);
    }

    public static Dependency module(String coordinates, long size) {
        return jar(coordinates, size, true);
    }

    private static Dependency jar(String coordinates, long size, boolean module) {
        String[] parts = coordinates.split(":", 3);
        return new Dependency(
                parts[0], parts[1], parts[2], "", "jar", module, new Sized(size, Digest.sha256(coordinates)));
    }

    private record Sized(long size, Digest digest) implements FileContent {

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    }
}

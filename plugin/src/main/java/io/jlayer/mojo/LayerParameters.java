// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileNames;
import io.jlayer.plan.ExtraLayer;
import java.io.File;
import java.util.List;

/** {@code <layer>}: anything else that is to be in the image. */
public final class LayerParameters {

    String name;
    List<FileParameters> files = List.of();
    List<LinkParameters> links = List.of();

    /** {@code <file>}: a file or a directory, and where it goes. */
    public static final class FileParameters {

        File from;
        String into = "/";
        List<String> includes = List.of();
        List<String> excludes = List.of();
        String mode;
        String directoryMode;
        String owner = "0:0";
    }

    /** {@code <link>}: a symbolic link. */
    public static final class LinkParameters {

        String at;
        String to;
    }

    ExtraLayer toExtraLayer(int number) {
        return new ExtraLayer(
                name == null ? "files " + number : name,
                files.stream()
                        .map(file -> ExtraLayer.FileSet.of(
                                file.from == null ? null : FileNames.of(file.from.getPath()),
                                file.into,
                                file.includes,
                                file.excludes,
                                file.mode,
                                file.directoryMode,
                                file.owner))
                        .toList(),
                links.stream().map(link -> ExtraLayer.Link.of(link.at, link.to)).toList());
    }
}

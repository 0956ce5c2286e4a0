// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.oci.AnnotationName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image is called that lies in a layout or an archive: as it says itself, else as the project whose jlayer wrote
 * it, else as its file or directory.
 *
 * @param path where it lies
 * @param tag by which it was chosen there
 * @param annotations its own, and those under which it lies there
 */
record PlacedName(Path path, Optional<String> tag, Map<String, String> annotations) {

    private static final String TITLE = "org.opencontainers.image.title";

    /** Where jlayer writes an image within what a project builds. */
    private static final Path OUTPUT = Path.of("jlayer");

    /** The whole name that it was given, if it was. */
    Optional<LoadName> whole() {
        for (String annotation : List.of(AnnotationName.CONTAINERD_NAME, AnnotationName.REF_NAME)) {
            String name = annotations.getOrDefault(annotation, "");
            if (name.indexOf('/') >= 0 || name.indexOf(':') >= 0) {
                Optional<LoadName> read = LoadName.tryParse(name);
                if (read.isPresent()) {
                    return read;
                }
            }
        }
        return Optional.empty();
    }

    /** Its tag, by which it was chosen or which it has. */
    Optional<String> tagOnly() {
        return tag.or(() -> Optional.ofNullable(annotations.get(AnnotationName.REF_NAME)));
    }

    /** Words that may name it, the best first. */
    List<String> words(List<ProjectOutput> projects) {
        List<String> words = new ArrayList<>();
        for (ProjectOutput project : projects) {
            if (path.startsWith(project.directory().resolve(OUTPUT))) {
                words.add(project.name());
            }
        }
        Path parent = path.getParent();
        if (parent != null && parent.endsWith(OUTPUT)) {
            Optional.ofNullable(annotations.get(TITLE)).ifPresent(words::add);
            projectOf(parent).ifPresent(project -> words.add(String.valueOf(project.getFileName())));
        }
        String file = String.valueOf(path.getFileName());
        int dot = file.indexOf('.', 1);
        words.add(dot < 0 ? file : file.substring(0, dot));
        return words;
    }

    /** {@code project/target/jlayer}. */
    private static Optional<Path> projectOf(Path output) {
        return Optional.ofNullable(output.getParent())
                .map(Path::getParent)
                .filter(project -> project.getFileName() != null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.layer.FileContent;
import io.jlayer.layer.LayerPath;
import io.jlayer.project.Application.ClassPathEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the coordinates of jars that another plugin has put somewhere, by what it called them. */
public final class KnownJars {

    private final Map<String, ClassPathEntry> coordinates = new HashMap<>();
    private final ModuleJars modules;

    /** Knows the project's dependencies. */
    public KnownJars(List<ClassPathEntry> classPath, ModuleJars modules) {
        this.modules = modules;
        for (ClassPathEntry entry : classPath) {
            String name =
                    Dependency.fileName(entry.artifactId(), entry.version(), entry.classifier(), entry.extension());
            String file = entry.file().getFileName().toString();
            coordinates.put(name, entry);
            coordinates.put(file, entry);
            // Quarkus tells jars of equal names apart so.
            coordinates.put(entry.groupId() + "." + name, entry);
            coordinates.put(entry.groupId() + "." + file, entry);
        }
    }

    /** The jar that lies at {@code path}; a module of the project itself is taken in its normal form. */
    public Dependency dependency(LayerPath path, FileContent content) throws IOException {
        ClassPathEntry known = coordinates.get(path.name());
        if (known == null) {
            return unknown(path, content);
        }
        Optional<Path> jar = content.file();
        return new Dependency(
                known.groupId(),
                known.artifactId(),
                known.version(),
                known.classifier(),
                known.extension(),
                known.module(),
                known.module() && jar.isPresent() ? modules.normal(jar.get()) : content,
                path);
    }

    /** What an overlay brought, or a server has anyway: its file's name is all that is known. */
    private static Dependency unknown(LayerPath path, FileContent content) {
        String file = path.name();
        int version = 0;
        for (int dash = file.indexOf('-'); dash > 0 && version == 0; dash = file.indexOf('-', dash + 1)) {
            version = Character.isDigit(file.charAt(dash + 1)) ? dash : 0;
        }
        int end = file.length() - ".jar".length();
        String name = file.substring(0, version == 0 ? end : version);
        String release = version == 0 ? "" : file.substring(version + 1, end);
        return new Dependency(name, name, release, "", "jar", false, content, path);
    }
}

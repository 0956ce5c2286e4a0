// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.layer.LocalFile;
import io.jlayer.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * Finds jars that say of themselves that a running application has no use for them: annotation processors, development
 * tools and empty starters. Spring Boot's own repackaging leaves out the same, by the same manifest attribute.
 */
final class JarTypes {

    private static final String ATTRIBUTE = "Spring-Boot-Jar-Type";
    private static final Set<String> NOT_NEEDED =
            Set.of("annotation-processor", "development-tool", "dependencies-starter");

    /** Development tools that do not say so; Spring Boot's plugin knows them by name too. */
    private static final Set<String> DEVELOPMENT_TOOLS = Set.of(
            "org.springframework.boot:spring-boot-devtools", "org.springframework.boot:spring-boot-docker-compose");

    private final Records records;

    JarTypes(Store store) {
        this.records = store.records("jar-types-v2");
    }

    /** Whether the coordinates alone tell that a running application has no use for the jar. */
    static boolean isDevelopmentTool(String groupId, String artifactId) {
        return DEVELOPMENT_TOOLS.contains(groupId + ":" + artifactId);
    }

    /** Those of the jars; learnt once for equal class paths. */
    List<LocalFile> notNeededAtRunTime(List<LocalFile> jars) throws IOException {
        StringBuilder all = new StringBuilder();
        for (LocalFile jar : jars) {
            all.append(jar.digest()).append('\n');
        }
        Digest key = Digest.sha256(all.toString());
        Optional<byte[]> record = records.read(key);
        String digests;
        if (record.isPresent()) {
            digests = new String(record.get(), UTF_8);
        } else {
            digests = String.join(" ", read(jars));
            records.write(key, digests.getBytes(UTF_8));
        }
        List<LocalFile> notNeeded = new ArrayList<>();
        for (LocalFile jar : jars) {
            if (digests.contains(jar.digest().hex())) {
                notNeeded.add(jar);
            }
        }
        return notNeeded;
    }

    private static List<String> read(List<LocalFile> jars) throws IOException {
        List<String> notNeeded = new ArrayList<>();
        for (LocalFile jar : jars) {
            if (NOT_NEEDED.contains(type(jar.file().orElseThrow()))) {
                notNeeded.add(jar.digest().hex());
            }
        }
        return notNeeded;
    }

    private static String type(Path jar) throws IOException {
        Optional<byte[]> inFront = ManifestInFront.read(jar);
        if (inFront.isPresent()) {
            // To look through all text costs less than to take all manifests apart.
            String text = new String(inFront.get(), ISO_8859_1);
            return text.toLowerCase(Locale.ROOT).contains(ATTRIBUTE.toLowerCase(Locale.ROOT))
                    ? type(new Manifest(new ByteArrayInputStream(inFront.get())))
                    : "";
        }
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return type(file.getManifest());
        } catch (ZipException notAJar) {
            return ""; // it goes in as it is, and the JVM will say what it thinks of it
        }
    }

    private static String type(Manifest manifest) {
        String type = manifest == null ? null : manifest.getMainAttributes().getValue(ATTRIBUTE);
        return type == null ? "" : type;
    }
}

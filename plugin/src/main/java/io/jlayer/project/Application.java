// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A project's output, as far as an image needs it.
 *
 * @param name the artifactId
 * @param version the project's
 * @param project its directory
 * @param classes compiled classes and processed resources
 * @param packaged which of them are in what was packaged, and so in the image
 * @param filesForRoot laid out at the image's root, if it exists: {@code src/main/jlayer}
 * @param output where the image is written: {@code target/jlayer}
 * @param javaHome the JDK that builds
 * @param mainClass from the project's own configuration, if it names one
 * @param classPath what it runs with, in Maven's order, itself apart; of a web application, what may be in it
 * @param web what was packaged, if that is for a server
 * @param runner what was packaged, if that finds its parts by their places
 * @param jar what was packaged, if that is a jar; its manifest may name a class to start
 * @param manifestFlags what the project has that manifest ask of the JVM, as flags
 * @param manifestEntries what the project has that manifest say to what is started, by name
 */
public record Application(
        String name,
        String version,
        Path project,
        Path classes,
        FilePatterns packaged,
        Path filesForRoot,
        Path output,
        Path javaHome,
        Optional<String> mainClass,
        List<ClassPathEntry> classPath,
        Optional<WebApplication> web,
        Optional<Runner> runner,
        Optional<Path> jar,
        List<String> manifestFlags,
        SortedMap<String, String> manifestEntries) {

    /**
     * A dependency, as Maven resolved it.
     *
     * @param groupId coordinate
     * @param artifactId coordinate
     * @param version coordinate; {@code -SNAPSHOT} never as a timestamp
     * @param classifier coordinate; may be empty
     * @param extension coordinate; most often {@code jar}
     * @param module whether it is a module of the same project, told by coordinates alone
     * @param file a jar, or a module's directory of classes
     */
    public record ClassPathEntry(
            String groupId,
            String artifactId,
            String version,
            String classifier,
            String extension,
            boolean module,
            Path file) {}
}

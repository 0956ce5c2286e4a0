// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Interruption;
import io.jlayer.blob.Listing;
import io.jlayer.layer.LayerDraft;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarReader;
import io.jlayer.tar.TarWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a trial wrote. Files that only their owner within may read are read by a second Java process that sees them as
 * root within; as a rule there are none, and then that process is not started.
 */
final class UpperReader {

    private final Path upper;
    private final RootFs lower;
    private final boolean byFuse;

    /**
     * Reads an upper directory.
     *
     * @param byFuse whether fuse-overlayfs wrote it
     */
    UpperReader(Path upper, RootFs lower, boolean byFuse) {
        this.upper = upper;
        this.lower = lower;
        this.byFuse = byFuse;
    }

    /** What a second process does with the tar or text that the other one prints. */
    private interface Consumer<T> {
        T read(InputStream in) throws IOException;
    }

    Changes changes() throws IOException {
        try {
            return Changes.read(upper, lower, byFuse);
        } catch (AccessDeniedException e) {
            if (lower.ownership().real()) {
                throw e;
            }
            return within("changes", Changes::parse);
        }
    }

    /** Puts all entries into a layer. */
    void write(LayerDraft draft) throws IOException {
        if (readable(upper)) {
            UpperLayer.write(upper, draft.tar(), lower.ownership(), byFuse);
        } else {
            within("layer", in -> {
                copy(in, draft);
                return draft;
            });
        }
    }

    private static void copy(InputStream in, LayerDraft draft) throws IOException {
        try (TarReader tar = new TarReader(in)) {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                draft.tar().begin(entry.get());
                if (entry.get().size() > 0) {
                    tar.content().transferTo(draft.tar().content());
                }
            }
        }
    }

    private static boolean readable(Path directory) throws IOException {
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            return false;
        }
        for (Path file : Listing.of(directory).files()) {
            FileStatus status = FileStatus.of(file);
            if (status.isDirectory() ? !readable(file) : status.isFile() && !Files.isReadable(file)) {
                return false;
            }
        }
        return true;
    }

    private <T> T within(String what, Consumer<T> consumer) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                UpperReader.class.getName(),
                what,
                Boolean.toString(byFuse),
                FileNames.uri(upper)));
        lower.lowestFirst().forEach(layer -> command.add(FileNames.uri(layer.directory())));
        ProcessBuilder builder = new ProcessBuilder(lower.ownership().command(command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(HostCommand.NOTHING);
        HostCommand.clean(builder.environment());
        // Where the class path is, and attributes' names, are text for the other JVM too.
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            lower.ownership().started(process);
            T result = consumer.read(new BufferedInputStream(process.getInputStream()));
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("read what a trial wrote: the process for it ended with " + status);
            }
            return result;
        } catch (InterruptedException e) {
            throw Interruption.of("read what a trial wrote", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The plugin's own jar has all that is needed; classes that lie in no jar yet have the rest beside them. */
    private static String classPath() {
        Path code = Path.of(URI.create(UpperReader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        return Files.isDirectory(code) ? System.getProperty("java.class.path") : code.toString();
    }

    /** The second process: prints the changes or the layer. It sees owners as they are within. */
    public static void main(String[] arguments) throws IOException {
        List<LayerDirectory> layers = new ArrayList<>();
        for (String layer : List.of(arguments).subList(3, arguments.length)) {
            layers.add(new LayerDirectory(FileNames.ofUri(layer), Collections.emptySortedSet()));
        }
        boolean byFuse = Boolean.parseBoolean(arguments[1]);
        Path upper = FileNames.ofUri(arguments[2]);
        if (arguments[0].equals("changes")) {
            Changes.read(upper, new RootFs(layers, new Ownership.Real()), byFuse)
                    .print(System.out);
        } else {
            TarWriter tar = new TarWriter(new BufferedOutputStream(System.out));
            UpperLayer.write(upper, tar, new Ownership.Real(), byFuse);
            tar.close();
        }
    }
}

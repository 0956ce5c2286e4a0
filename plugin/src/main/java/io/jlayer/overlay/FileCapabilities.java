// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Interruption;
import io.jlayer.blob.Listing;
import io.jlayer.layer.LayerPath;
import io.jlayer.tar.TarEntry;
import io.jlayer.tar.TarReader;
import io.jlayer.tar.XattrValue;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The capabilities of executable files in a directory, which Java does not read: GNU tar does, as one who sees the files under
 * their ownership, since the kernel tells others another form of them. Without such a tar there are none.
 */
final class FileCapabilities {

    static final String NAME = "security.capability";

    private static final int EXECUTABLE = 0111;

    private final Path root;
    private final List<LayerPath> executables = new ArrayList<>();

    FileCapabilities(Path root) {
        this.root = root;
    }

    /** Those of all files in the directory. */
    static Map<LayerPath, XattrValue> in(Path root, Ownership ownership) throws IOException {
        FileCapabilities capabilities = new FileCapabilities(root);
        capabilities.addAll(LayerPath.ROOT, root);
        return capabilities.read(ownership);
    }

    private void addAll(LayerPath path, Path directory) throws IOException {
        for (Path file : Listing.of(directory).files()) {
            LayerPath at = path.resolve(FileNames.text(file.getFileName()));
            FileStatus status = FileStatus.of(file);
            if (status.isDirectory()) {
                addAll(at, file);
            } else {
                add(at, status);
            }
        }
    }

    /** Adds a file to those that are looked at, if it may have any. */
    void add(LayerPath path, FileStatus status) {
        if (status.isFile() && (status.mode() & EXECUTABLE) != 0) {
            executables.add(path);
        }
    }

    Map<LayerPath, XattrValue> read(Ownership ownership) throws IOException {
        Optional<Path> tar = HostPrograms.find("tar");
        if (executables.isEmpty() || tar.isEmpty()) {
            return Map.of();
        }
        StringBuilder names = new StringBuilder();
        executables.forEach(path -> names.append("./").append(path.value()).append('\0'));
        return read(ownership, tar.get(), names.toString());
    }

    private Map<LayerPath, XattrValue> read(Ownership ownership, Path tar, String names) throws IOException {
        List<String> command = List.of(
                tar.toString(),
                "--xattrs",
                "--hard-dereference", // else only one name of a file has them, whichever comes first
                "--xattrs-include=" + NAME,
                "--no-recursion",
                "--null",
                "-T",
                "-",
                "-cf",
                "-");
        ProcessBuilder builder = new ProcessBuilder(ownership.command(command))
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        HostCommand.clean(builder.environment());
        Process process = builder.start();
        feed(process, names.getBytes(UTF_8));
        Map<LayerPath, XattrValue> found = new TreeMap<>();
        boolean isTold = false;
        try (TarReader reader = new TarReader(new BufferedInputStream(process.getInputStream()))) {
            ownership.started(process);
            for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                XattrValue value = entry.get().xattrs().get(NAME);
                if (value != null) {
                    found.put(LayerPath.of(entry.get().name()), value);
                }
                isTold = true;
            }
            if (process.waitFor() != 0 && isTold) {
                throw new IOException("read the capabilities of files in " + root + ": tar ended with exit code "
                        + process.exitValue());
            }
            return found; // a tar that knows no xattrs tells nothing at all
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** On the side, since the program prints while it reads. */
    private static void feed(Process process, byte[] names) {
        Thread feeder = new Thread(
                () -> {
                    try (OutputStream out = process.getOutputStream()) {
                        out.write(names);
                    } catch (IOException e) {
                        return; // it has ended, and its status tells
                    }
                },
                "jlayer-names");
        feeder.setDaemon(true);
        feeder.start();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.image.Image;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.RootFs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sees before the start that the program can run, since the kernel's own words for why not help nobody. */
final class CommandCheck {

    private final ContainerProcess process;
    private final RootFs rootFs;

    CommandCheck(ContainerProcess process, RootFs rootFs) {
        this.process = process;
        this.rootFs = rootFs;
    }

    /** Whether this machine runs programs of the image's platform. */
    static void checkPlatform(Image image) throws IOException {
        String there = image.platform().architecture();
        if (!runsHere(there)) {
            throw new TrialException(
                    "the image is for " + image.platform() + " and this machine is " + here(),
                    "",
                    "build it for linux/" + here() + ", by -Djlayer.platforms, or install qemu-user-static");
        }
    }

    private static String here() {
        return Platform.HOST.architecture();
    }

    private static boolean runsHere(String there) {
        String here = here();
        boolean related =
                (here.equals("amd64") && there.equals("386")) || (here.equals("arm64") && there.equals("arm"));
        String emulator = there.equals("arm64") ? "aarch64" : there.equals("amd64") ? "x86_64" : there;
        return there.equals(here) || related || Files.exists(Path.of("/proc/sys/fs/binfmt_misc/qemu-" + emulator));
    }

    /**
     * Looks the program and its interpreters up.
     *
     * @throws IOException if one is missing
     */
    void check() throws IOException {
        String name = process.command().get(0);
        Path file = find(name)
                .orElseThrow(() -> new TrialException(
                        "the image has no program '" + name + "'"
                                + (name.contains("/") ? "" : " in its PATH " + path()),
                        "command",
                        remedy(name)));
        if (Files.isDirectory(file)) {
            throw new TrialException(
                    "'" + name + "' is a directory in the image, not a program", "command", "name a program in it");
        }
        if (!mayBeExecuted(file)) {
            throw new TrialException(
                    "'" + name + "' may not be executed, by the mode that the image gives it",
                    "command",
                    "give it the mode 755 where the image is built, as by <mode> in <layers>");
        }
        if (Files.isReadable(file)) {
            check(name, file);
        }
    }

    private static boolean mayBeExecuted(Path file) throws IOException {
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
        return modes.contains(PosixFilePermission.OWNER_EXECUTE)
                || modes.contains(PosixFilePermission.GROUP_EXECUTE)
                || modes.contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    private void check(String name, Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(ExecutableHead.SIZE);
        }
        ExecutableHead head = new ExecutableHead(bytes);
        Optional<String> architecture = head.architecture();
        if (architecture.isPresent() && !runsHere(architecture.get())) {
            throw new TrialException(
                    "'" + name + "' is a program for " + architecture.get() + " and this machine is " + here()
                            + ", whatever the image says of itself",
                    "",
                    "take a base for " + here());
        }
        Optional<String> interpreter = head.interpreter();
        if (interpreter.isPresent() && find(interpreter.get()).isEmpty()) {
            throw new TrialException(
                    "'" + name + "' needs " + interpreter.get() + ", which the image does not have",
                    "",
                    "take a base that has it, by <from>");
        }
    }

    /** Where the program is in the image, links followed; empty if it is not there. */
    Optional<LayerPath> place() throws IOException {
        for (LayerPath path : candidates(process.command().get(0))) {
            if (rootFs.resolve(path).isPresent()) {
                return Optional.of(rootFs.locate(path));
            }
        }
        return Optional.empty();
    }

    private Optional<Path> find(String name) throws IOException {
        Optional<Path> first = Optional.empty();
        for (LayerPath path : candidates(name)) {
            Optional<Path> file = rootFs.resolve(path);
            if (file.isPresent() && Files.isRegularFile(file.get()) && mayBeExecuted(file.get())) {
                return file; // others of that name are passed over, as by the kernel's callers
            }
            first = first.isPresent() ? first : file;
        }
        return first;
    }

    private List<LayerPath> candidates(String name) {
        if (name.contains("/")) {
            return List.of(inDirectory(name));
        }
        List<LayerPath> paths = new ArrayList<>();
        for (String directory : path().split(":", -1)) {
            paths.add(inDirectory(directory + (directory.isEmpty() ? "" : "/") + name));
        }
        return paths;
    }

    /** Relative paths start where the process does. */
    private LayerPath inDirectory(String path) {
        return ContainerProcess.normal(path.startsWith("/") ? path : process.directory() + "/" + path);
    }

    private String path() {
        return process.environment().getOrDefault("PATH", "");
    }

    private String remedy(String name) {
        String near = nearest(name);
        if (!near.isEmpty()) {
            return "there is " + near + ": give that";
        }
        return name.equals("java")
                ? "take a base that has Java, by <from>, as eclipse-temurin:21-jre or jdk:"
                : (name.contains(" ") ? "write its words apart, as java,-jar,app.jar; or " : "")
                        + "give a program that it has: -Djlayer.try.command='...'";
    }

    /** Another place of the image where a program of that name is; empty if there is none. */
    private String nearest(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        try {
            for (String directory :
                    List.of("bin", "usr/bin", "usr/local/bin", "opt/java/openjdk/bin", "usr/sbin", "app")) {
                if (rootFs.resolve(LayerPath.of(directory).resolve(last)).isPresent()) {
                    return "/" + directory + "/" + last;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
        return "";
    }
}

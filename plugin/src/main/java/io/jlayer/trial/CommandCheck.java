// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.image.Image;
import io.jlayer.layer.LayerPath;
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

    private static final String NAME_A_PROGRAM = "name a program of the image, by -Djlayer.try.command";

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
                    "run a trial: the image is for " + image.platform() + " and this machine is " + here(),
                    "build it for linux/" + here() + " (-Djlayer.platforms), or install qemu-user-static");
        }
    }

    private static String here() {
        return switch (System.getProperty("os.arch")) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
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
                        "run a trial: the image has no program '" + name + "'"
                                + (name.contains("/") ? "" : " in its PATH " + path()),
                        remedy(name)));
        if (Files.isDirectory(file)) {
            throw new TrialException(
                    "run a trial: '" + name + "' is a directory in the image, not a program", NAME_A_PROGRAM);
        }
        if (!mayBeExecuted(file)) {
            throw new TrialException(
                    "run a trial: '" + name + "' may not be executed, by the mode that the image gives it",
                    "give it the mode 755 where it comes from, as by <layers>' <mode>, or name another program by"
                            + " -Djlayer.try.command");
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
                    "run a trial: '" + name + "' is a program for " + architecture.get() + " and this machine is "
                            + here() + ", whatever the image says of itself",
                    "take a base for " + here());
        }
        Optional<String> interpreter = head.interpreter();
        if (interpreter.isPresent() && find(interpreter.get()).isEmpty()) {
            throw new TrialException(
                    "run a trial: '" + name + "' needs " + interpreter.get() + ", which the image does not have",
                    "take a base that has it");
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
        for (LayerPath path : candidates(name)) {
            Optional<Path> file = rootFs.resolve(path);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    private List<LayerPath> candidates(String name) {
        if (name.contains("/")) {
            return List.of(
                    name.startsWith("/")
                            ? LayerPath.of(name)
                            : process.directory().resolve(LayerPath.of(name).value()));
        }
        List<LayerPath> paths = new ArrayList<>();
        for (String directory : path().split(":", -1)) {
            paths.add(LayerPath.of(directory).resolve(name));
        }
        return paths;
    }

    private String path() {
        return process.environment().getOrDefault("PATH", "");
    }

    private String remedy(String name) {
        Optional<String> elsewhere = elsewhere(name);
        if (elsewhere.isPresent()) {
            return "there is " + elsewhere.get() + ": name that, or put its directory into PATH";
        }
        return name.equals("java") || name.endsWith("/java")
                ? "take a base that has Java, as -Djlayer.from=jdk: does, or " + NAME_A_PROGRAM
                : NAME_A_PROGRAM + "; -Djlayer.try.shell lets you look which there are, if there is a shell";
    }

    /** Another place of the image where a program of that name is. */
    private Optional<String> elsewhere(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        try {
            for (String directory :
                    List.of("bin", "usr/bin", "usr/local/bin", "opt/java/openjdk/bin", "usr/sbin", "app")) {
                if (rootFs.resolve(LayerPath.of(directory).resolve(last)).isPresent()) {
                    return Optional.of("/" + directory + "/" + last);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jlayer.image.Image;
import io.jlayer.layer.LayerPath;
import io.jlayer.overlay.RootFs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Sees before the start that the program can run, since the kernel's own words for why not help nobody. */
final class CommandCheck {

    private static final int HEAD = 4096;
    private static final int PROGRAM_INTERPRETER = 3;

    private final ContainerProcess process;
    private final RootFs rootFs;

    CommandCheck(ContainerProcess process, RootFs rootFs) {
        this.process = process;
        this.rootFs = rootFs;
    }

    /** Whether this machine runs programs of the image's platform. */
    static void checkPlatform(Image image) throws IOException {
        String there = image.platform().architecture();
        String here =
                switch (System.getProperty("os.arch")) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> System.getProperty("os.arch");
                };
        boolean related =
                (here.equals("amd64") && there.equals("386")) || (here.equals("arm64") && there.equals("arm"));
        String emulator = there.equals("arm64") ? "aarch64" : there.equals("amd64") ? "x86_64" : there;
        if (!there.equals(here) && !related && !Files.exists(Path.of("/proc/sys/fs/binfmt_misc/qemu-" + emulator))) {
            throw new IOException("run a trial: the image is for " + image.platform() + " and this machine is " + here
                    + "; build it for linux/" + here + " (jlayer.platforms), or install qemu-user-static");
        }
    }

    /**
     * Looks the program and its interpreters up.
     *
     * @throws IOException if one is missing
     */
    void check() throws IOException {
        String name = process.command().get(0);
        Path file = find(name)
                .orElseThrow(() -> new IOException("run a trial: the image has no program '" + name + "'"
                        + (name.contains("/") ? "" : " in its PATH " + path()) + nearest(name)));
        if (Files.isDirectory(file)) {
            throw new IOException("run a trial: '" + name + "' is a directory in the image, not a program");
        }
        if (!Files.isReadable(file)) {
            return;
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        Optional<String> interpreter = interpreter(head);
        if (interpreter.isPresent() && find(interpreter.get()).isEmpty()) {
            throw new IOException("run a trial: '" + name + "' needs " + interpreter.get()
                    + ", which the image does not have; take a base that has it");
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

    /** Another place of the image where a program of that name is. */
    private String nearest(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        try {
            for (String directory :
                    List.of("bin", "usr/bin", "usr/local/bin", "opt/java/openjdk/bin", "usr/sbin", "app")) {
                if (rootFs.resolve(LayerPath.of(directory).resolve(last)).isPresent()) {
                    return "; there is /" + directory + "/" + last;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
        return "";
    }

    /** What the kernel starts in the program's place or beside it: a script's first line, or an ELF file's loader. */
    static Optional<String> interpreter(byte[] head) {
        if (head.length > 2 && head[0] == '#' && head[1] == '!') {
            String line = new String(head, 2, head.length - 2, ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
            String program = line.trim().split("[ \t]", 2)[0];
            return program.isEmpty() ? Optional.empty() : Optional.of(program);
        }
        boolean elf64 = head.length > 64 && Arrays.equals(head, 0, 5, new byte[] {0x7f, 'E', 'L', 'F', 2}, 0, 5);
        if (!elf64 || head[5] != 1) {
            return Optional.empty();
        }
        ByteBuffer elf = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long table = elf.getLong(32);
        int size = Short.toUnsignedInt(elf.getShort(54));
        for (int i = 0; i < Short.toUnsignedInt(elf.getShort(56)); i++) {
            long at = table + (long) i * size;
            if (at < 0 || at + 56 > head.length) {
                break;
            }
            if (elf.getInt((int) at) == PROGRAM_INTERPRETER) {
                long from = elf.getLong((int) at + 8);
                long length = elf.getLong((int) at + 32) - 1;
                boolean here = from >= 0 && length > 0 && from + length <= head.length;
                return here ? Optional.of(new String(head, (int) from, (int) length, ISO_8859_1)) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}

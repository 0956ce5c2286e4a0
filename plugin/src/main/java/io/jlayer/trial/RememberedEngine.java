// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.AtomicFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which engine worked here, so that not each trial has to try. It counts only as long as nothing has changed that decides
 * it: this boot of the machine, this process' rights and namespaces, the kernel's settings, the user's subordinate ids.
 */
final class RememberedEngine {

    private static final List<String> SETTINGS = List.of(
            "/proc/sys/kernel/random/boot_id",
            "/proc/sys/user/max_user_namespaces",
            "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
            "/proc/sys/kernel/unprivileged_userns_clone",
            "/etc/subuid",
            "/etc/subgid");
    private static final List<String> RIGHTS = List.of("Uid:", "Gid:", "CapEff:", "CapBnd:", "NoNewPrivs:", "Seccomp:");
    private static final List<String> PLACES = List.of("/proc/self/ns/user", "/proc/self/ns/mnt", "/proc/self/root");

    private final Path file;
    private final boolean learns;

    /** Remembers in a file that any process of this user may read and write. */
    RememberedEngine(Path file) {
        this(file, true);
    }

    private RememberedEngine(Path file, boolean learns) {
        this.file = file;
        this.learns = learns;
    }

    /** What is remembered, for who is not to write anything. */
    RememberedEngine asItIs() {
        return new RememberedEngine(file, false);
    }

    Optional<Engine> recall() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), UTF_8);
        for (Engine engine : Engine.values()) {
            if (text.equals(engine + "\n" + circumstances())) {
                return Optional.of(engine);
            }
        }
        return Optional.empty();
    }

    /** Does nothing where it cannot be remembered. */
    void remember(Engine engine) throws IOException {
        if (!learns || !Files.isDirectory(file.toAbsolutePath().getParent())) {
            return;
        }
        byte[] text = (engine + "\n" + circumstances()).getBytes(UTF_8);
        try {
            AtomicFile.write(file, text, AtomicFile.Sync.NONE);
        } catch (IOException e) {
            return; // a full disk, say
        }
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String circumstances() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String setting : SETTINGS) {
            text.append(setting).append(' ').append(read(setting)).append('\n');
        }
        for (String line : read("/proc/self/status").split("\n", -1)) {
            for (String right : RIGHTS) {
                if (line.startsWith(right)) {
                    text.append(line).append('\n');
                }
            }
        }
        for (String place : PLACES) {
            text.append(Files.readSymbolicLink(Path.of(place))).append('\n');
        }
        return text.toString();
    }

    private static String read(String file) throws IOException {
        Path path = Path.of(file);
        try {
            return Files.isReadable(path) ? Files.readString(path, ISO_8859_1).strip() : "";
        } catch (FileSystemException e) {
            return ""; // not for this user to know
        }
    }
}

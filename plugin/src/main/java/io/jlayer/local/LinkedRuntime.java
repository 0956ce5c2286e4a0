// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.DraftDirectory;
import io.jlayer.blob.Listing;
import io.jlayer.blob.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Java runtime that jlink made, in a directory that is there until this is closed.
 *
 * <p>What only a screen or a loudspeaker needs is taken out, since it would bring in the X window system.
 */
final class LinkedRuntime implements AutoCloseable {

    /** Libraries of java.desktop that need a screen, or a sound card. Java checks that it is headless, and does without. */
    private static final Set<String> HEADFUL =
            Set.of("libawt_xawt.so", "libjawt.so", "libsplashscreen.so", "libjsound.so");

    /** Loaded when any Java program starts or opens a file or a connection; others come with single classes. */
    private static final Set<String> CORE = Set.of(
            "java",
            "libjava.so",
            "libjimage.so",
            "libjli.so",
            "libjvm.so",
            "libnet.so",
            "libnio.so",
            "libverify.so",
            "libzip.so");

    private final DraftDirectory draft;
    private final Path root;

    private LinkedRuntime(DraftDirectory draft) {
        this.draft = draft;
        this.root = draft.path().resolve("runtime");
    }

    /**
     * The options that decide what is linked. Debug attributes of the JDK's classes stay: jlink strips them before or after
     * it generates classes of its own, as its hash tables happen to be laid out, so that equal calls would give one of two
     * runtimes.
     */
    static List<String> options(Jdk jdk, Set<String> modules) {
        boolean named = Integer.parseInt(jdk.feature()) >= 21;
        return List.of(
                "--add-modules",
                String.join(",", modules),
                "--no-header-files",
                "--no-man-pages",
                // The layer is packed as a whole, which is smaller, and the runtime starts faster from plain classes.
                "--compress=" + (named ? "zip-0" : "0"));
    }

    /** Links, into a draft in the store. Closing removes the files. */
    static LinkedRuntime link(Jdk jdk, Set<String> modules, Store store) throws IOException {
        LinkedRuntime runtime = new LinkedRuntime(store.draftDirectory("jdk-"));
        try {
            List<String> arguments = new ArrayList<>(options(jdk, modules));
            arguments.addAll(List.of("--output", "runtime"));
            jdk.tool("jlink").run(runtime.draft.path(), arguments);
            for (String name : HEADFUL) {
                Files.deleteIfExists(runtime.root.resolve("lib").resolve(name));
            }
            return runtime;
        } catch (IOException e) {
            runtime.close();
            throw e;
        }
    }

    Path root() {
        return root;
    }

    /** All files and directories, sorted, the root apart. */
    List<Path> files() throws IOException {
        List<Path> all = Listing.below(root);
        return all.subList(1, all.size());
    }

    /**
     * What the runtime asks of the system around it. A library that lies anywhere in the runtime is its own: the launcher
     * finds the virtual machine without the loader's rules.
     */
    RuntimeNeeds needs(boolean certificates) throws IOException {
        SortedMap<String, ElfFile> programs = new TreeMap<>();
        for (Path file : files()) {
            if (Files.isRegularFile(file)) {
                Optional<ElfFile> elf = ElfFile.read(file);
                elf.ifPresent(found -> programs.put(file.getFileName().toString(), found));
            }
        }
        ElfFile launcher = programs.get("java");
        if (launcher == null || launcher.interpreter().isEmpty()) {
            throw new IOException("read the linked runtime: its bin/java is not a program for Linux");
        }
        Set<String> required = new TreeSet<>();
        Set<String> optional = new TreeSet<>();
        programs.forEach((name, elf) -> (CORE.contains(name) ? required : optional).addAll(elf.needed()));
        required.removeAll(programs.keySet());
        optional.removeAll(programs.keySet());
        optional.removeAll(required);
        return RuntimeNeeds.of(launcher, required, optional, certificates);
    }

    @Override
    public void close() throws IOException {
        draft.close();
    }
}

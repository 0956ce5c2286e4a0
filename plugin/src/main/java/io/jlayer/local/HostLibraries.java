// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The build host's shared libraries that a runtime needs, found by the loader's rules, with all that these need in turn.
 */
final class HostLibraries {

    private static final String C_LIBRARY = "libc.so.6";

    private final LoaderPath loaderPath;
    private final RuntimeNeeds needs;
    private final SortedMap<String, Path> found = new TreeMap<>();

    private HostLibraries(LoaderPath loaderPath, RuntimeNeeds needs) {
        this.loaderPath = loaderPath;
        this.needs = needs;
    }

    /**
     * Finds the libraries.
     *
     * @param root where the host's file system begins
     * @throws IOException if the loader, the C library or another required one is missing, naming it
     */
    static HostLibraries find(Path root, RuntimeNeeds needs) throws IOException {
        HostLibraries libraries = new HostLibraries(LoaderPath.of(root, needs.machine()), needs);
        for (String name : needs.required()) {
            libraries.add(name, true);
        }
        for (String name : needs.optional()) {
            libraries.add(name, false);
        }
        if (!libraries.found.containsKey(C_LIBRARY)) {
            throw libraries.missing(C_LIBRARY);
        }
        return libraries;
    }

    private IOException missing(String name) {
        return new IOException("find " + name + " on this machine: it is in none of " + loaderPath.directories()
                + ", and the Java runtime needs it");
    }

    /** The files, by the names by which programs ask for them. */
    SortedMap<String, Path> files() {
        return Collections.unmodifiableSortedMap(found);
    }

    /** The directory that holds the C library, where every loader looks without being told. */
    Path mainDirectory() {
        return found.get(C_LIBRARY).getParent();
    }

    /** All whose change could change what is found. */
    List<Path> inputs() {
        List<Path> inputs = new ArrayList<>(loaderPath.directories());
        inputs.addAll(loaderPath.files());
        inputs.addAll(found.values());
        return inputs;
    }

    private record Wanted(String name, List<Path> lookFirst) {}

    /** Adds a library and what it needs. What only an optional one needs may be missing too. */
    private void add(String first, boolean required) throws IOException {
        Deque<Wanted> wanted = new ArrayDeque<>(List.of(new Wanted(first, List.of())));
        while (!wanted.isEmpty()) {
            Wanted next = wanted.pop();
            if (found.containsKey(next.name) || next.name.indexOf('/') >= 0) {
                continue;
            }
            Optional<Path> file = locate(next);
            if (file.isPresent()) {
                found.put(next.name, file.get());
                ElfFile elf = ElfFile.read(file.get()).orElseThrow();
                List<Path> origin = searchPath(elf, file.get());
                elf.needed().forEach(name -> wanted.add(new Wanted(name, origin)));
            } else if (required) {
                throw missing(next.name);
            }
        }
    }

    private Optional<Path> locate(Wanted wanted) throws IOException {
        List<Path> directories = new ArrayList<>(loaderPath.directories());
        directories.addAll(wanted.lookFirst);
        for (Path directory : directories) {
            Path file = directory.resolve(wanted.name);
            if (Files.isRegularFile(file) && fits(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The loader passes over files for another machine, and so over text files that only linkers read. */
    private boolean fits(Path file) throws IOException {
        return ElfFile.read(file).filter(needs::fits).isPresent();
    }

    private static List<Path> searchPath(ElfFile elf, Path file) {
        List<Path> directories = new ArrayList<>();
        for (String text : elf.searchPath()) {
            String below = text.replaceFirst("^\\$(ORIGIN|\\{ORIGIN\\})", "");
            // Only what lies beside the library: any other place is the business of the loader's configuration.
            if (below.length() < text.length() && below.indexOf('$') < 0) {
                directories.add(
                        file.resolveSibling(below.replaceFirst("^/+", "")).normalize());
            }
        }
        return directories;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.blob.FileDigests;
import io.jlayer.image.Concurrently;
import io.jlayer.layer.LocalFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Has files read, for their digests, by more than one thread where that pays. */
public final class FileReading {

    /** Fewer files are read sooner than threads are made. */
    private static final int WORTH_READING = 8;

    private FileReading() {}

    /** Looks at files, and reads those whose digests are not known. */
    public static void look(Collection<LocalFile> files) throws IOException {
        List<LocalFile> unknown = new ArrayList<>();
        for (LocalFile file : files) {
            if (!file.isKnown()) {
                unknown.add(file);
            }
        }
        if (unknown.size() < WORTH_READING) {
            return; // it happens by and by
        }
        int threads = Runtime.getRuntime().availableProcessors();
        Iterator<LocalFile> all = unknown.iterator();
        Concurrently.call(Collections.nCopies(threads, all), FileReading::readShare, threads);
    }

    /**
     * Begins to read files in a thread of its own, if none of the project's are known: so that they are read while classes
     * are loaded, and the JVM has compiled its SHA-256, which is slow until then, when it is wanted. What fails here fails
     * again, and is told, when the file is wanted.
     */
    public static void readAhead(List<Path> files, FileDigests digests) {
        if (digests.isEmpty()) {
            Thread thread = new Thread(() -> read(files, digests), "jlayer-read");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void read(List<Path> files, FileDigests digests) {
        for (Path file : files) {
            try {
                digests.of(file);
            } catch (IOException later) {
                return;
            }
        }
    }

    private static Void readShare(Iterator<LocalFile> files) throws IOException {
        for (LocalFile file = next(files); file != null; file = next(files)) {
            file.digest();
        }
        return null;
    }

    private static LocalFile next(Iterator<LocalFile> files) {
        synchronized (files) {
            return files.hasNext() ? files.next() : null;
        }
    }
}

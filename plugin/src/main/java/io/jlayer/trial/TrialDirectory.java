// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.ProcessLock;
import io.jlayer.overlay.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The directory of one trial, held by a lock for as long as the trial runs. */
final class TrialDirectory implements AutoCloseable {

    private static final String RECORD = "trial.json";

    private final Path path;
    private final ProcessLock lock;

    TrialDirectory(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Takes the trial's lock if nobody has it. */
    static Optional<TrialDirectory> tryHold(Path path) throws IOException {
        return ProcessLock.tryTake(path.resolve("lock")).map(lock -> new TrialDirectory(path, lock));
    }

    Path path() {
        return path;
    }

    String name() {
        return path.getFileName().toString();
    }

    void write(String name, String content) throws IOException {
        Files.write(path.resolve(name), content.getBytes(UTF_8));
    }

    boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    String read(String name) throws IOException {
        return has(name) ? Files.readString(path.resolve(name)).strip() : "";
    }

    /** The program's own exit code, if it came to one: Ctrl-C can hide it from the processes around it. */
    int exitCode(int otherwise) throws IOException {
        String code = read("code");
        return code.isEmpty() ? otherwise : Integer.parseInt(code);
    }

    static JsonObject record(Path path) throws IOException {
        Path record = path.resolve(RECORD);
        return Files.exists(record) ? OciJson.parse(Files.readAllBytes(record)) : JsonObject.EMPTY;
    }

    void writeRecord(JsonObject record) throws IOException {
        write(RECORD, record.toString());
    }

    /** Removes all that is of one run only; what was written and the record stay. */
    void clear(Ownership ownership) throws IOException {
        for (String name : List.of(
                "l",
                "m",
                "rt",
                "t",
                "early",
                "late",
                "outer.sh",
                "inner.sh",
                "setup.log",
                "started",
                "mounted",
                "netns",
                "slirp",
                "ready",
                "cgroups",
                "code",
                "code")) {
            TreeRemoval.remove(path.resolve(name), ownership);
        }
    }

    /** Removes the trial and its control groups, in which nothing is any more. */
    void remove(Ownership ownership) throws IOException {
        read("cgroups").lines().map(Path::of).forEach(Cgroup::remove);
        TreeRemoval.remove(path, ownership);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

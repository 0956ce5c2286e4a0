// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The JDK that runs the tests, with tools that write down when they are run. */
final class WatchedJdk implements AutoCloseable {

    private static final Path REAL = Path.of(System.getProperty("java.home"));
    private static final List<String> LINKS = List.of("lib", "jmods", "release", "conf");

    private final Path home;
    private final Path log;

    private WatchedJdk(Path home, Path log) {
        this.home = home;
        this.log = log;
    }

    /** Lays it out below a directory. */
    static WatchedJdk in(Path directory) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(REAL.resolve("bin/jlink")), "this JDK has no jlink");
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux has the C library of jdk:");
        Path home = Files.createDirectories(directory.resolve("jdk"));
        WatchedJdk jdk = new WatchedJdk(home, directory.resolve("log"));
        for (String name : LINKS) {
            if (Files.exists(REAL.resolve(name))) {
                Files.createSymbolicLink(home.resolve(name), REAL.resolve(name));
            }
        }
        Files.createDirectories(home.resolve("bin"));
        for (String tool : List.of("jlink", "jdeps")) {
            jdk.script(tool, "echo " + tool + " >> '" + jdk.log + "'\nexec '" + REAL + "/bin/" + tool + "' \"$@\"\n");
        }
        return jdk;
    }

    Path home() {
        return home;
    }

    /** Replaces a tool by lines of shell. */
    void script(String tool, String lines) throws IOException {
        Path file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\n" + lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Has jlink's virtual machine number objects in another way, which changes the order in its hash tables. */
    void numberObjects(int way) throws IOException {
        script(
                "jlink",
                "exec '" + REAL + "/bin/jlink' -J-XX:+UnlockExperimentalVMOptions -J-XX:hashCode=" + way + " \"$@\"\n");
    }

    /** Removes the links to the JDK, which JUnit would warn of. */
    @Override
    public void close() throws IOException {
        for (String name : LINKS) {
            Files.deleteIfExists(home.resolve(name));
        }
    }

    /** The tools that were run up to now, in their order. */
    List<String> runs() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }
}

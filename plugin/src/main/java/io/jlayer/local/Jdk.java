// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileState;
import io.jlayer.blob.Store;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JDK on this machine, as its {@code release} file describes it.
 *
 * @param home its directory
 * @param version such as 17.0.15
 * @param modules those it has; empty if it does not say
 * @param identity changes with the JDK's content, not with its place
 */
record Jdk(Path home, String version, Set<String> modules, Digest identity) {

    /** The trust store, within a JDK and a runtime alike. */
    static final String CA_CERTS = "lib/security/cacerts";

    private static final String MODULES = "lib/modules";
    private static final String RELEASE = "release";
    private static final String BASE_MODULE = "jmods/java.base.jmod";

    /** The files that say which JDK it is. */
    static final List<String> IDENTIFYING = List.of(RELEASE, MODULES, BASE_MODULE, CA_CERTS);

    /**
     * Looks at a JDK.
     *
     * @throws IOException if there is none that can link a runtime for Linux with the GNU C library on this processor
     */
    static Jdk at(Path home) throws IOException {
        String release = read(home);
        Properties properties = new Properties();
        properties.load(new StringReader(release));
        check(home, properties);
        TreeSet<String> modules = new TreeSet<>();
        for (String module : unquoted(properties, "MODULES").split(" ", -1)) {
            if (!module.isBlank()) {
                modules.add(module);
            }
        }
        Digest identity = Store.key(release, state(home, MODULES), state(home, BASE_MODULE), state(home, CA_CERTS));
        return new Jdk(home, unquoted(properties, "JAVA_VERSION"), modules, identity);
    }

    private static String read(Path home) throws IOException {
        try {
            return Files.readString(home.resolve(RELEASE), UTF_8);
        } catch (IOException e) {
            throw new IOException(
                    "read the JDK " + home + ": it has no readable file 'release', as every JDK since 9 has", e);
        }
    }

    private static void check(Path home, Properties properties) throws IOException {
        if (!Files.isExecutable(home.resolve("bin/jlink"))) {
            throw new IOException("read the JDK " + home + ": it has no bin/jlink, which links the runtime of 'jdk:'; "
                    + "build with a whole JDK (not a JRE), or name another base with <from>");
        }
        String library = unquoted(properties, "LIBC");
        if (library.equals("musl")) {
            throw new IOException(
                    "read the JDK " + home + ": it is made for musl, and 'jdk:' can only lay out the GNU C "
                            + "library; name another base with <from>");
        }
        String architecture = unquoted(properties, "OS_ARCH");
        if (!architecture.isEmpty()
                && !Platform.parse("linux/" + architecture).architecture().equals(Platform.HOST.architecture())) {
            throw new IOException("read the JDK " + home + ": it is for " + architecture + ", this machine is "
                    + Platform.HOST.architecture());
        }
    }

    /** What size and time say of a file; enough to notice another JDK of the same name. */
    private static String state(Path home, String file) throws IOException {
        Path path = home.resolve(file);
        if (!Files.exists(path)) {
            return "";
        }
        FileState state = FileState.of(path);
        return state.size() + " " + state.modified();
    }

    private static String unquoted(Properties properties, String name) {
        return properties.getProperty(name, "").replace("\"", "").strip();
    }

    /** The first number of the version: 17. */
    String feature() {
        return version.replaceFirst("^1\\.", "").replaceFirst("[^0-9].*", "");
    }

    /** Whether it brings the modules as files, as the JDK's builders made them, besides those that it runs with. */
    boolean hasPackagedModules() {
        return Files.isRegularFile(home.resolve(BASE_MODULE));
    }

    /** Those of the modules that this JDK has. */
    Set<String> supported(List<String> wanted) {
        TreeSet<String> supported = new TreeSet<>(wanted);
        if (!modules.isEmpty()) {
            supported.retainAll(modules);
        }
        return supported;
    }

    JdkTool tool(String name) {
        return new JdkTool(home.resolve("bin").resolve(name));
    }
}

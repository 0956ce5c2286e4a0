// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.Records;
import io.jlayer.blob.Store;
import io.jlayer.layer.LocalFile;
import io.jlayer.oci.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Decides which modules a runtime is linked of: those that the project's classes name, as jdeps finds them, and those that
 * are only ever looked up while running.
 *
 * <p>Dependencies are not analysed. What frameworks load by name no analysis sees, so a project that has any dependency, or
 * an agent, gets all of Java SE, and the runtime is the same for nearly all such projects, linked once.
 */
final class RuntimeModules {

    private static final String KIND = "jdk-modules-v1";

    /** For every project. */
    private static final List<String> ALWAYS = List.of(
            "java.base",
            "jdk.crypto.ec", // most TLS servers; a provider that no class names
            "jdk.zipfs"); // jars opened as file systems, by scheme

    /** For a project with dependencies, beyond {@link #ALWAYS}. */
    private static final List<String> WITH_DEPENDENCIES = List.of(
            "java.se", // what any library may use: beans (java.desktop), JDBC, JNDI, JMX, RMI, the compiler's API …
            "jdk.charsets", // character sets are looked up by name
            "jdk.crypto.cryptoki", // key stores in hardware, by provider name
            "jdk.httpserver", // small servers in metrics exporters
            "jdk.jdwp.agent", // -agentlib:jdwp, to debug what was built
            "jdk.jfr", // many frameworks emit events where they can
            "jdk.localedata", // without it, other languages' dates and numbers would silently be English
            "jdk.management", // memory, processors and open files in metrics
            "jdk.management.agent", // -Dcom.sun.management.jmxremote
            "jdk.naming.dns", // service records, asked for by URL
            "jdk.net", // options of sockets, in network libraries
            "jdk.security.auth", // login modules named in configuration
            "jdk.security.jgss", // Kerberos extensions
            "jdk.unsupported"); // sun.misc.Unsafe, in nearly every framework

    /** What is looked up by name as soon as something else is used. */
    private record Companion(String of, String module) {}

    private static final List<Companion> COMPANIONS = List.of(
            new Companion("java.util.Locale", "jdk.localedata"),
            new Companion("java.nio.charset.Charset", "jdk.charsets"),
            new Companion("java.lang.management", "jdk.management"),
            new Companion("javax.naming", "jdk.naming.dns"),
            new Companion("sun.misc", "jdk.unsupported"));

    /** Outside Java SE; only these can name modules that {@link #WITH_DEPENDENCIES} leaves out. */
    private static final Pattern BEYOND_JAVA_SE =
            Pattern.compile("(jdk|com\\.sun|sun|netscape|javax\\.smartcardio)(\\..*)?");

    private static final Pattern MODULES = Pattern.compile("[a-z]\\w*(\\.\\w+)*(,[a-z]\\w*(\\.\\w+)*)*");

    private final Jdk jdk;
    private final Store store;

    RuntimeModules(Jdk jdk, Store store) {
        this.jdk = jdk;
        this.store = store;
    }

    /** The modules to name to jlink, which adds those that they require. */
    SortedSet<String> of(JdkApplication application) throws IOException {
        SortedSet<String> names = new NamedPackages(store).of(application);
        List<String> wanted = new ArrayList<>(ALWAYS);
        wanted.addAll(FlagModules.of(application.flags()));
        if (application.dependencies() || FlagModules.haveAgent(application.flags())) {
            wanted.addAll(WITH_DEPENDENCIES);
            names.removeIf(name -> !BEYOND_JAVA_SE.matcher(name).matches());
        }
        for (Companion companion : COMPANIONS) {
            if (names.contains(companion.of)) {
                wanted.add(companion.module);
            }
        }
        if (!names.isEmpty()) {
            wanted.addAll(found(application, names));
        }
        return new TreeSet<>(jdk.supported(wanted));
    }

    /** Asks jdeps, once for equal classes. That it gave up is not remembered: it may have been for want of something. */
    private Set<String> found(JdkApplication application, SortedSet<String> names) throws IOException {
        Records records = store.records(KIND);
        List<String> question = new ArrayList<>(List.of(jdk.identity().toString(), String.join(" ", names)));
        for (LocalFile file : application.classFiles()) {
            question.add(file.digest().toString());
        }
        Digest key = Store.key(question.toArray(String[]::new));
        Optional<byte[]> record = records.read(key);
        if (record.isPresent()) {
            return split(new String(record.get(), UTF_8));
        }
        Set<String> modules = new TreeSet<>();
        for (Path directory : application.directories()) {
            Optional<Set<String>> analysed = analysed(directory);
            if (analysed.isEmpty()) {
                return new TreeSet<>(WITH_DEPENDENCIES);
            }
            modules.addAll(analysed.get());
        }
        records.write(key, String.join(",", modules).getBytes(UTF_8));
        return modules;
    }

    /**
     * Analyses a directory of classes; empty where jdeps gives up, as on a module whose dependencies are not at hand. Then
     * all of Java SE stands in.
     */
    private Optional<Set<String>> analysed(Path directory) throws IOException {
        List<String> arguments =
                List.of("--print-module-deps", "--ignore-missing-deps", "--multi-release", jdk.feature(), ".");
        try {
            String said = jdk.tool("jdeps").run(directory, arguments);
            String last = said.substring(said.lastIndexOf('\n') + 1).strip();
            return MODULES.matcher(last).matches() ? Optional.of(split(last)) : Optional.empty();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Set<String> split(String modules) {
        return new TreeSet<>(List.of(modules.split(",", -1)));
    }
}

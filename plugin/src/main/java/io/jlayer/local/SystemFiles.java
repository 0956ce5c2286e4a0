// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import java.util.ArrayList;
import java.util.List;

/**
 * The files and directories that a small Linux system has before anything is installed in it; the same on every host.
 */
final class SystemFiles {

    /** The trust store of a JDK that brings none of its own, at Debian's place. */
    static final LayerPath JAVA_TRUST = LayerPath.of("etc/ssl/certs/java/cacerts");
    /** The same authorities, for programs that are not Java's. */
    static final LayerPath TRUST = LayerPath.of("etc/ssl/certs/ca-certificates.crt");

    private static final long APP = 1000;

    private static final List<String> DIRECTORIES = List.of(
            "dev",
            "etc",
            "etc/ssl",
            "etc/ssl/certs",
            "etc/ssl/certs/java",
            "home",
            "run",
            "usr",
            "usr/bin",
            "usr/lib",
            "usr/sbin",
            "usr/share",
            "usr/share/zoneinfo",
            "usr/share/zoneinfo/Etc",
            "var");

    private static final String PASSWD =
            """
            root:x:0:0:root:/root:/sbin/nologin
            app:x:1000:1000:app:/home/app:/sbin/nologin
            nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
            """;

    private static final String GROUP =
            """
            root:x:0:
            app:x:1000:
            nogroup:x:65534:
            """;

    private static final String NSSWITCH =
            """
            passwd: files
            group: files
            hosts: files dns
            """;

    private static final String OS_RELEASE =
            """
            NAME="jlayer jdk base"
            ID=jlayer-jdk
            PRETTY_NAME="jlayer: a Java runtime and the C library of the machine that built it"
            """;

    private SystemFiles() {}

    static List<FileEntry> entries() {
        List<FileEntry> entries = new ArrayList<>();
        DIRECTORIES.forEach(path -> entries.add(directory(path, Metadata.DIRECTORY)));
        entries.add(directory("proc", Metadata.of(0555, 0, 0)));
        entries.add(directory("sys", Metadata.of(0555, 0, 0)));
        entries.add(directory("root", Metadata.of(0700, 0, 0)));
        entries.add(directory("tmp", Metadata.of(01777, 0, 0)));
        entries.add(directory("var/tmp", Metadata.of(01777, 0, 0)));
        entries.add(directory("home/app", Metadata.of(0755, APP, APP)));
        entries.add(text("etc/passwd", PASSWD));
        entries.add(text("etc/group", GROUP));
        entries.add(text("etc/nsswitch.conf", NSSWITCH));
        entries.add(text("usr/lib/os-release", OS_RELEASE));
        entries.add(link("etc/os-release", "../usr/lib/os-release"));
        entries.add(link("etc/localtime", "../usr/share/zoneinfo/Etc/UTC"));
        entries.add(link("usr/share/zoneinfo/UTC", "Etc/UTC"));
        // One directory for programs and one for libraries, whatever path asks for them: what all distributions now
        // have.
        entries.add(link("bin", "usr/bin"));
        entries.add(link("lib", "usr/lib"));
        entries.add(link("sbin", "usr/sbin"));
        entries.add(link("var/run", "../run"));
        return entries;
    }

    static FileEntry directory(String path, Metadata metadata) {
        return new FileEntry.Directory(LayerPath.of(path), metadata);
    }

    static FileEntry link(String path, String target) {
        return new FileEntry.Symlink(LayerPath.of(path), Metadata.FILE, target);
    }

    /**
     * A link by way of the root, but relative: in a directory that is looked at from outside, an absolute one would lead to
     * the host's file.
     */
    static FileEntry link(LayerPath path, LayerPath target) {
        int depth = path.value().split("/", -1).length - 1;
        return new FileEntry.Symlink(path, Metadata.FILE, "../".repeat(depth) + target.value());
    }

    private static FileEntry text(String path, String content) {
        return new FileEntry.Regular(LayerPath.of(path), Metadata.FILE, FileContent.of(content.getBytes(UTF_8)));
    }
}

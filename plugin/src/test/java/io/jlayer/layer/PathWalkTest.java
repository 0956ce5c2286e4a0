// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.house.Programs;
import io.jlayer.layer.PathWalk.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks through trees as the kernel goes through them with a directory for its root. */
class PathWalkTest {

    /** Opens each path of the second file within the root, as openat2 does it, and tells where that is. */
    private static final String KERNEL =
            """
            import ctypes, errno, os, struct, sys
            libc = ctypes.CDLL(None, use_errno=True)
            root = os.path.realpath(sys.argv[1])
            fd = os.open(root, os.O_PATH)
            how = struct.pack("QQQ", os.O_PATH | os.O_CLOEXEC, 0, 0x10)
            for line in open(sys.argv[2]):
                got = libc.syscall(437, fd, line.rstrip("\\n").encode(), how, len(how))
                if got >= 0:
                    print("/" + os.readlink("/proc/self/fd/%d" % got)[len(root):].lstrip("/"))
                    os.close(got)
                else:
                    error = ctypes.get_errno()
                    print({errno.ELOOP: "circle", errno.ENOENT: "none", errno.ENOTDIR: "none"}.get(error, error))
            """;

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    @TempDir
    Path root;

    private Found look(LayerPath path) throws IOException {
        Path file = root.resolve(path.value());
        if (Files.isSymbolicLink(file)) {
            return Found.link(Files.readSymbolicLink(file).toString());
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return Found.DIRECTORY;
        }
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Found.FILE : Found.NOTHING;
    }

    private String walk(String path) throws IOException {
        try {
            return new PathWalk<>(this::look)
                    .follow(LayerPath.ROOT, path)
                    .map(LayerPath::toString)
                    .orElse("none");
        } catch (IllegalArgumentException e) {
            return "circle";
        }
    }

    private static String path(Random random, int longest) {
        StringBuilder path = new StringBuilder(random.nextInt(3) == 0 ? "/" : "");
        for (int parts = 1 + random.nextInt(longest); parts > 0; parts--) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            path.append(random.nextInt(3) == 0 ? ".." : random.nextInt(12) == 0 ? "." : name)
                    .append(parts > 1 || random.nextInt(10) == 0 ? "/" : "");
        }
        return path.toString();
    }

    private void grow(Path directory, Random random, int depth) throws IOException {
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            int kind = random.nextInt(10);
            if (kind < 4 && depth < 3) {
                grow(Files.createDirectory(file), random, depth + 1);
            } else if (kind < 8) {
                Files.createSymbolicLink(file, Path.of(path(random, 4)));
            } else if (kind < 9) {
                Files.createFile(file);
            }
        }
    }

    @Test
    void leadsWhereTheKernelGoes() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "the kernel is Linux");
        Programs.assumeInstalled("python3");
        Random random = new Random(4);
        int found = 0;
        Path given = Files.createDirectory(root.resolve("given"));
        Path whole = root;
        for (int tree = 0; tree < 20; tree++) {
            root = Files.createDirectory(whole.resolve("tree" + tree));
            grow(root, random, 0);
            List<String> paths = new ArrayList<>();
            List<String> ours = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String path = path(random, 6);
                paths.add(path);
                ours.add(path + " -> " + walk(path));
            }
            List<String> kernels = kernel(Files.write(given.resolve("paths"), paths));
            for (int i = 0; i < paths.size(); i++) {
                found += kernels.get(i).startsWith("/") ? 1 : 0;
                kernels.set(i, paths.get(i) + " -> " + kernels.get(i));
            }
            assertThat(ours).isEqualTo(kernels);
            Programs.run(given, "rm", "-rf", root.toString());
        }
        assertThat(found).as("paths that lead somewhere").isGreaterThan(400);
    }

    private List<String> kernel(Path paths) throws Exception {
        String said = Programs.run(root, "python3", "-c", KERNEL, root.toString(), paths.toString());
        return new ArrayList<>(said.lines().toList());
    }

    @Test
    void goesByFortyLinksAndNoMore() throws Exception {
        Files.createDirectory(root.resolve("end"));
        Files.createSymbolicLink(root.resolve("l1"), Path.of("end"));
        for (int i = 2; i <= 41; i++) {
            Files.createSymbolicLink(root.resolve("l" + i), Path.of("l" + (i - 1)));
        }
        assertThat(walk("l40")).isEqualTo("/end");
        assertThat(walk("l41")).isEqualTo("circle");
    }

    @Test
    void linksThatLeadToEachOtherTwiceAreTooMany() {
        PathWalk.Tree<RuntimeException> tree = path -> {
            int number = Integer.parseInt(path.name().substring(1));
            return Found.link(number == 0 ? "/" : "l" + (number - 1) + "/l" + (number - 1));
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PathWalk<>(tree).follow(LayerPath.ROOT, "l39"))
                .withMessageContaining("circle");
    }

    @Test
    void aPartBehindALinkIsSeenFromWhereItLeads() {
        Map<String, Found> tree = Map.of("bin", Found.link("usr/bin"), "x", Found.link("bin/../share"));
        assertThat(new PathWalk<RuntimeException>(at -> tree.getOrDefault(at.value(), Found.DIRECTORY))
                        .follow(LayerPath.ROOT, "x/doc"))
                .contains(LayerPath.of("usr/share/doc"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** An image's files in a directory, where programs can be run as if it were the root. */
record Unpacked(Path root) {

    /** In a user namespace, so that no rights are needed; {@code $0} is the root. */
    private static final String CHROOT =
            "mount -t proc proc \"$0/proc\" && exec \"$(command -v chroot)\" \"$0\" \"$@\"";

    static Unpacked of(Image image, Path directory) throws Exception {
        Files.createDirectories(directory);
        for (Layer layer : image.lowestFirst()) {
            Path packed = directory.resolveSibling("layer.tar.gz");
            Files.deleteIfExists(packed);
            try (InputStream in = layer.blob().open()) {
                Files.copy(in, packed);
            }
            Process tar = new ProcessBuilder(
                            "tar", "-xzf", packed.toString(), "--no-same-owner", "-C", directory.toString())
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IOException("unpack " + layer.diffId());
            }
        }
        return new Unpacked(directory);
    }

    /** Runs a program and gives what it printed; skips the test where this machine has no namespaces for users. */
    String run(String... command) throws Exception {
        Assumptions.assumeTrue(start(List.of("unshare", "-Urmpf", "true")).waitFor() == 0, "no user namespaces here");
        List<String> whole = new ArrayList<>(List.of("unshare", "-Urmpf", "sh", "-c", CHROOT, root.toString()));
        whole.addAll(List.of(command));
        Process process = start(whole);
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return said;
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("LANG", "C.UTF-8");
        return builder.start();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.RootFs;
import io.jlayer.overlay.TopLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {

    private static final String LATIN_1 = "10.0.0.7\tdrucker # M\u00fcller\n";

    @Test
    void filesInAnyEncodingArePassedOnByteByByte(@TempDir Path directory) throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "trials with files of this machine are Linux's");
        Path etc = Files.createDirectories(directory.resolve("root/etc"));
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n" + LATIN_1, ISO_8859_1);
        Files.writeString(etc.resolve("resolv.conf"), "# M\u00fcller\nnameserver 10.0.0.1\n", ISO_8859_1);

        TopLayer top = new TopLayer(new RootFs(List.of(), new Ownership.Flat()), directory.resolve("top"));
        HostFiles.write(top, "t-1", Network.HOST, directory.resolve("root"));
        top.finish();

        Path within = directory.resolve("top/etc");
        assertThat(Files.readString(within.resolve("hosts"), ISO_8859_1))
                .startsWith("127.0.0.1\tlocalhost t-1")
                .endsWith("\n" + LATIN_1);
        assertThat(Files.readAllBytes(within.resolve("resolv.conf")))
                .isEqualTo(Files.readAllBytes(etc.resolve("resolv.conf")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import io.jlayer.error.UserError;
import io.jlayer.image.ElfHeader;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A program of one machine's own.
 *
 * @param file where it is
 */
public record NativeExecutable(Path file) {

    private static final String LINUX = "linux";

    /**
     * Checks that it runs on the platforms of an image, as far as its header tells.
     *
     * @throws UserError if not
     */
    public void checkFor(List<Platform> platforms) throws IOException {
        byte[] header = header();
        Optional<ElfHeader> elf = ElfHeader.read(header);
        Optional<String> architecture = elf.flatMap(ElfHeader::architecture);
        for (Platform platform : platforms) {
            if (platform.os().equals(LINUX) && elf.isEmpty()) {
                throw new UserError(
                        "the executable is no program for Linux, and the image is for " + platform,
                        file.toString(),
                        "make one for Linux, in a container: -Dquarkus.native.container-build=true; or set <platforms>");
            }
            if (platform.os().equals(LINUX)
                    && architecture.isPresent()
                    && !architecture.get().equals(platform.architecture())) {
                throw new UserError(
                        "the executable is for linux/" + architecture.get() + ", and the image for " + platform,
                        file.toString(),
                        "set <platforms>linux/" + architecture.get() + "</platforms>, or make the executable for "
                                + platform);
            }
        }
    }

    private byte[] header() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ElfHeader.SIZE);
        }
    }
}

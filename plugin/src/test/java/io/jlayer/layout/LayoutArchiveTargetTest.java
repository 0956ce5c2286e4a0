// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.image.ImageTarget;
import io.jlayer.image.ImageTargetContract;
import io.jlayer.image.RawImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayoutArchiveTargetTest extends ImageTargetContract {

    private Path file() {
        return directory.resolve("out/image.tar");
    }

    @Override
    protected ImageTarget target() {
        return new LayoutArchiveTarget(file(), List.of("1.0"), store.blobs());
    }

    @Override
    protected RawImage written() throws IOException {
        return new LayoutSource(file(), true, Optional.of("1.0"), store).open();
    }

    @Test
    void theSameImageGivesTheSameBytes() throws IOException {
        target().write(image(3));
        byte[] first = Files.readAllBytes(file());
        target().write(image(3));

        assertThat(Files.readAllBytes(file())).isEqualTo(first);
    }

    @Test
    void nothingElseIsLeftBesideIt() throws IOException {
        target().write(image(3));

        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }
}

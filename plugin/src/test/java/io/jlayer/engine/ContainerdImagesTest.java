// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.RandomImages;
import io.jlayer.layout.LayoutSource;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containerd's programs are asked and given, by stand-ins that answer as those do. */
class ContainerdImagesTest {

    private static final String ONE = "docker.io/library/app:1";
    private static final String OTHER = "r.io/shop/app:2";

    /** Keeps what it is given, and knows an image by the first line of what is kept of it. */
    private static final String CTR =
            """
            #!/bin/sh
            cd "$(dirname "$0")"
            echo "$*" >>calls
            case "$*" in
                version) test ! -f down || { echo 'ctr: failed to dial: permission denied' >&2; exit 1; } ;;
                'images ls name=='*)
                    echo 'REF TYPE DIGEST SIZE PLATFORMS LABELS'
                    ! grep -h "^${3#name==} " images 2>/dev/null || true ;;
                'images import -')
                    test ! -f full || { echo 'ctr: write: no room' >&2; exit 1; }
                    cat >imported.tar ;;
                *) echo "ctr: what is $*?" >&2; exit 1 ;;
            esac
            """;

    private static final String NERDCTL =
            """
            #!/bin/sh
            cd "$(dirname "$0")"
            echo "$*" >>calls
            case "$*" in
                --version) echo 'nerdctl version 2.0.0' ;;
                info*) echo 'linux/amd64' ;;
                'image inspect'*) echo 'no such image' >&2; exit 1 ;;
                load) cat >imported.tar ;;
                *) exit 1 ;;
            esac
            """;

    @TempDir
    Path directory;

    private Store store;
    private ImageDocuments image;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell");
        store = Store.open(directory.resolve("store"));
        Image one = RandomImages.of(3, Platform.HOST, store.blobs());
        image = ImageDocuments.of(List.of(one), Format.OCI);
    }

    private Path program(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private ContainerdImages ctr() throws IOException {
        return new ContainerdImages(program("ctr", CTR).toString(), store.blobs());
    }

    private void has(String... names) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            lines.append(name)
                    .append(" manifest ")
                    .append(image.root().digest())
                    .append('\n');
        }
        Files.writeString(directory.resolve("images"), lines);
    }

    @Test
    void allOfTheImageIsImportedUnderAllNames() throws IOException {
        ContainerdImages ctr = ctr();
        assertThat(ctr.platform()).isEqualTo(Platform.HOST);
        assertThat(ctr.nameOf(ImageRef.parse("app:1"), false)).isEqualTo(ONE);

        EngineImages.Loaded loaded = ctr.load(image, List.of(ONE, OTHER));

        Path imported = directory.resolve("imported.tar");
        assertThat(loaded).isEqualTo(new EngineImages.Loaded(false, Files.size(imported)));
        seesAll(imported);
        assertThat(names(imported)).containsExactly(ONE, OTHER);
    }

    /** It reads an archive as a layout; the names that it looks for stand in annotations. */
    private void seesAll(Path archive) throws IOException {
        try (var raw = new LayoutSource(archive, true, Optional.of("1"), store).open()) {
            assertThat(raw.root().digest()).isEqualTo(image.root().digest());
            for (Descriptor layer : image.layers().keySet()) {
                raw.blobs().get(layer.digest()).open().transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }

    private List<String> names(Path archive) throws IOException {
        Process tar = new ProcessBuilder("tar", "-xOf", archive.toString(), "index.json").start();
        JsonObject index = OciJson.parse(tar.getInputStream().readAllBytes());
        return index.objects("manifests").stream()
                .map(manifest -> manifest.textMap("annotations").get("io.containerd.image.name"))
                .toList();
    }

    @Test
    void whatIsThereUnderAllNamesIsNotSent() throws IOException {
        has(ONE, OTHER);
        assertThat(ctr().load(image, List.of(ONE, OTHER))).isEqualTo(new EngineImages.Loaded(true, 0));
        assertThat(directory.resolve("imported.tar")).doesNotExist();
        has(ONE);
        assertThat(ctr().load(image, List.of(ONE, OTHER)).wasThere()).isFalse();
        assertThat(Files.readAllLines(directory.resolve("calls")))
                .containsSubsequence("images ls name==" + ONE, "images ls name==" + OTHER, "images import -");
    }

    @Test
    void anotherImageOfThatNameIsReplaced() throws IOException {
        Files.writeString(directory.resolve("images"), ONE + " manifest sha256:" + "0".repeat(64) + "\n");
        assertThat(ctr().load(image, List.of(ONE)).wasThere()).isFalse();
        assertThat(directory.resolve("imported.tar")).exists();
    }

    @Test
    void whatItComplainsOfIsTold() throws IOException {
        ContainerdImages ctr = ctr();
        Files.createFile(directory.resolve("down"));
        assertThatThrownBy(ctr::platform).hasMessageContaining("failed to dial: permission denied");
        Files.createFile(directory.resolve("full"));
        assertThatThrownBy(() -> ctr.load(image, List.of(ONE))).hasMessageContaining("no room");
    }

    @Test
    void itIsRunByItsWholeName() throws IOException {
        assertThat(ctr().run(image.platforms().get(0).image(), OTHER))
                .containsExactly("ctr", "run", "--rm", "--net-host", OTHER, "app");
    }

    @Test
    void nerdctlIsGivenTheSameArchive() throws IOException {
        EngineImages nerdctl = new DockerImages(program("nerdctl", NERDCTL).toString(), store.blobs());
        String name = nerdctl.nameOf(ImageRef.parse("app:1"), false);
        assertThat(name).isEqualTo("app:1");

        assertThat(nerdctl.load(image, List.of(name)).bytes()).isPositive();

        seesAll(directory.resolve("imported.tar"));
        assertThat(names(directory.resolve("imported.tar"))).containsExactly(ONE);
    }
}

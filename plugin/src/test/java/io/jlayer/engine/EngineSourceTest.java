// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageSourceContract;
import io.jlayer.image.RandomImages;
import io.jlayer.image.UnservedPlatformException;
import io.jlayer.layout.DockerArchiveTarget;
import io.jlayer.layout.LayoutArchiveTarget;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Format;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which questions an engine is asked, and what is told where it does not answer. */
class EngineSourceTest extends ImageSourceContract {

    private static final EngineName APP = new EngineName("app:1");

    private final List<String> warnings = new ArrayList<>();
    private FakeEngine docker;
    private boolean offline;

    @BeforeEach
    void engine() throws IOException {
        docker = new FakeEngine(directory.resolve("engine"), "docker").say("address", "unix:///run/docker.sock");
    }

    @Override
    protected ImageSource sourceOf(ImageDocuments image) throws IOException {
        have(APP, image);
        return source(APP);
    }

    private Digest have(EngineName name, ImageDocuments image) throws IOException {
        Path saved = directory.resolve(name.text() + ".tar");
        new DockerArchiveTarget(saved, List.of("app:1"), made.blobs()).write(image);
        Digest id = image.platforms().get(0).manifest().config().digest();
        docker.with(name.text(), id, image.platforms().get(0).image(), saved);
        return id;
    }

    private EngineSource source(EngineName name) {
        return new EngineSource(docker.program(), name, loaded, () -> offline, warnings::add);
    }

    private ImageDocuments image(long seed) throws IOException {
        return ImageDocuments.of(List.of(RandomImages.of(seed, AMD64, made.blobs())), Format.OCI);
    }

    private Image load(EngineName name) throws IOException {
        return load(name, AMD64);
    }

    private Image load(EngineName name, Platform platform) throws IOException {
        return source(name).load(platform, loaded.blobs());
    }

    private void nothingIsLeft() {
        assertThat(loaded.root().resolve("tmp").toFile().list()).isEmpty();
    }

    @Test
    void anImageIsSavedOnceHoweverOftenItIsAskedFor() throws IOException {
        Digest id = have(APP, image(1));

        Image first = load(APP);
        Image second = load(APP);

        assertThat(second.config()).isEqualTo(first.config());
        assertThat(docker.asked("image inspect")).hasSize(2);
        assertThat(docker.asked("save")).containsExactly("save " + id);
        nothingIsLeft();
    }

    @Test
    void aNameThatMovedIsReadAnew() throws IOException {
        have(APP, image(1));
        load(APP);
        have(new EngineName("app:2"), image(2));
        docker.say(
                "id-app:1",
                Files.readString(directory.resolve("engine/id-app:2")).strip());

        assertThat(load(APP).config().toBytes())
                .isEqualTo(image(2).platforms().get(0).image().config().toBytes());
        assertThat(docker.asked("save")).hasSize(2);
    }

    @Test
    void whatThePrunedStoreLacksIsReadAgain() throws IOException {
        have(APP, image(1));
        Image first = load(APP);
        Files.delete(loaded.blobs().file(first.lowestFirst().get(0).descriptor().digest()));

        assertThat(load(APP).lowestFirst().get(0).descriptor())
                .isEqualTo(first.lowestFirst().get(0).descriptor());
        assertThat(docker.asked("save")).hasSize(2);
    }

    @Test
    void whatIsPinnedIsNotAskedForAgain() throws IOException {
        Digest id = have(APP, image(1));
        EngineName byDigest = new EngineName("app@" + id);
        for (EngineName name : List.of(new EngineName(id.toString()), new EngineName(id.hex()), byDigest)) {
            docker.say(
                    "id-" + name.text(),
                    Files.readString(directory.resolve("engine/id-app:1")).strip());
            load(name);
            int questions = docker.asked("").size();

            load(name);

            assertThat(docker.asked("")).hasSize(questions);
        }
        assertThat(docker.asked("save")).hasSize(1);
    }

    /** As docker without containerd: the digest of an index means the config of the platform that was pulled last. */
    @Test
    void whatIsPinnedIsAskedForAgainForAnotherPlatform() throws IOException {
        EngineName pinned = new EngineName("app@sha256:" + "1".repeat(64));
        have(pinned, image(1));
        load(pinned, AMD64);
        assertThatThrownBy(() -> load(pinned, ARM64)).isInstanceOf(UnservedPlatformException.class);
        Files.delete(directory.resolve(pinned.text() + ".tar"));
        have(pinned, ImageDocuments.of(List.of(RandomImages.of(2, ARM64, made.blobs())), Format.OCI));

        assertThat(load(pinned, ARM64).platform()).isEqualTo(ARM64);
        int questions = docker.asked("").size();
        assertThat(load(pinned, ARM64).platform()).isEqualTo(ARM64);
        assertThat(docker.asked("")).hasSize(questions);

        have(pinned, image(1));
        EngineSource one = source(pinned);
        assertThat(one.load(ARM64, loaded.blobs()).platform()).isEqualTo(ARM64);
        assertThat(one.load(AMD64, loaded.blobs()).platform()).isEqualTo(AMD64);
    }

    @Test
    void anotherImageThanTheIdSaysIsNotTaken() throws IOException {
        Digest id = have(APP, image(1));
        have(new EngineName("other"), image(2));
        Path lie = directory.resolve("engine/saved-" + id);
        Files.delete(lie);
        Files.copy(directory.resolve("other.tar"), lie);

        assertThatThrownBy(() -> load(APP))
                .hasMessageContainingAll("read app:1 from docker", "another image than " + id);
        assertThatThrownBy(() -> load(APP)).isInstanceOf(IOException.class);
        assertThat(docker.asked("save")).hasSize(2);
        nothingIsLeft();
    }

    @Test
    void whatIsCutOffIsNotTaken() throws IOException {
        Digest id = have(APP, image(1));
        Path saved = directory.resolve("engine/saved-" + id);
        byte[] whole = Files.readAllBytes(saved);
        for (int length : new int[] {0, 600, whole.length / 2, whole.length - 2000}) {
            Files.write(saved, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> load(APP)).isInstanceOf(IOException.class);
        }
        docker.say("broken", "");
        assertThatThrownBy(() -> load(APP)).hasMessage("read app:1 from docker: cannot be saved");
        nothingIsLeft();

        docker.forget("broken");
        Files.write(saved, whole);
        load(APP);
    }

    /** As docker on containerd after {@code docker pull --platform}: the id of an index stays, and there is more behind it. */
    @Test
    void anotherPlatformThatTheEngineGotIsFound() throws IOException {
        ImageDocuments both = ImageDocuments.of(
                List.of(RandomImages.of(1, AMD64, made.blobs()), RandomImages.of(2, ARM64, made.blobs())), Format.OCI);
        Path whole = directory.resolve("whole.tar");
        new LayoutArchiveTarget(whole, List.of(), made.blobs()).write(both);
        Path part = directory.resolve("part.tar");
        new LayoutArchiveTarget(part, List.of(), made.blobs())
                .write(both.of(both.platforms().get(0)));
        Digest id = both.root().digest();
        docker.with("app:1", id, both.platforms().get(0).image(), part);
        load(APP);
        assertThatThrownBy(() -> source(APP).load(ARM64, loaded.blobs())).isInstanceOf(UnservedPlatformException.class);
        load(APP);
        assertThat(docker.asked("save"))
                .as("asked again only for what is not here")
                .hasSize(2);

        Path saved = directory.resolve("engine/saved-" + id);
        Files.delete(saved);
        Files.copy(whole, saved);

        assertThat(source(APP).load(ARM64, loaded.blobs()).platform()).isEqualTo(ARM64);
        assertThat(source(APP).open(List.of()).root().digest()).isEqualTo(id);
        assertThat(docker.asked("save")).hasSize(3);
    }

    @Test
    void whyThereIsNoImageIsTold() throws IOException {
        assertThatThrownBy(() -> load(APP))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NO_IMAGE))
                .hasMessage("docker has no image app:1");
        docker.say("silent", "");
        assertThatThrownBy(() -> load(APP))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NO_ANSWER))
                .hasMessage("docker does not answer: permission denied");
        Files.delete(Path.of(docker.program()));
        assertThatThrownBy(() -> load(APP))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_INSTALLED))
                .hasMessage("docker is not installed");
    }

    @Test
    void offlineAnEngineOfThisMachineIsAskedAndAnotherIsNot() throws IOException {
        have(APP, image(1));
        offline = true;
        load(APP);
        assertThat(docker.asked("image inspect")).hasSize(1);

        docker.say("address", "ssh://ada@far.example.com");
        for (EngineName name : List.of(APP, new EngineName("never-read"))) {
            assertThatThrownBy(() -> load(name)).isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.kind())
                    .isEqualTo(EngineException.Kind.OFFLINE));
        }
        assertThat(docker.asked("image inspect")).hasSize(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void offlineANameMeansWhatItMeantToTheSameEngine() throws IOException {
        have(APP, image(1));
        ImageConfig here = load(APP).config();
        docker.say("address", "ssh://ada@far.example.com");
        have(APP, image(2));
        ImageConfig far = load(APP).config();
        offline = true;
        assertThat(warnings).isEmpty();

        assertThat(load(APP).config()).isEqualTo(far).isNotEqualTo(here);
        assertThat(warnings).singleElement().asString().contains("app:1 is what it was there before");

        docker.say("address", "unix:///run/docker.sock").say("silent", "");
        assertThat(load(APP).config()).isEqualTo(here);
    }

    @Test
    void whereTheEngineIsIsAskedOnlyForANewMeaning() throws IOException {
        have(APP, image(1));
        load(APP);
        load(APP);
        assertThat(docker.asked("context")).hasSize(1);
    }

    @Test
    void offlineAnEngineThatIsStoppedIsNotMissed() throws IOException {
        have(APP, image(1));
        load(APP);
        docker.say("silent", "");
        assertThatThrownBy(() -> load(APP)).isInstanceOf(EngineException.class);

        offline = true;

        load(APP);
        assertThat(warnings).singleElement().asString().contains("docker does not answer", "app:1");
    }
}

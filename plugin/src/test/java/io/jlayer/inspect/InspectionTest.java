// SPDX-License-Identifier: Apache-2.0
package io.jlayer.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.MemoryStore;
import io.jlayer.image.Image;
import io.jlayer.image.ImageFiles;
import io.jlayer.image.Images;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.MediaType;
import io.jlayer.oci.OciJson;
import io.jlayer.oci.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The facts of an image, and the page of them. */
class InspectionTest {

    private static final String EVIL = "</script><script>alert(1)</script>\u2028\033[2J<!--";

    private final MemoryStore store = new MemoryStore();

    private Inspection inspection(JsonObject execution, Layer... layers) throws IOException {
        Image image = Images.image(Platform.parse("linux/amd64"), layers);
        image = image.withConfig(image.config().withExecution(execution))
                .withAnnotations(new TreeMap<>(Map.of("note", EVIL)));
        Descriptor manifest = Descriptor.of(MediaType.MANIFEST, "manifest".getBytes(UTF_8));
        return Inspection.of(
                new Inspection.Subject(EVIL, manifest, manifest, List.of()),
                image,
                ImageFiles.read(List.of(layers)),
                Map.of(layers[0].descriptor().digest(), new Inspection.Told("lowest", "base")));
    }

    private static FileEntry hardLink(String path, String target) {
        return new FileEntry.HardLink(LayerPath.of(path), Metadata.FILE, LayerPath.of(target));
    }

    @Test
    void whatIsHiddenAndWhatIsThereTwiceIsCounted() throws IOException {
        Inspection inspection = inspection(
                JsonObject.EMPTY,
                Images.layer(
                        store,
                        Images.file("gone", "12345"),
                        Images.file("new", "123"),
                        Images.file("linked", "1234567"),
                        hardLink("still", "linked"),
                        Images.file("twice", "twice")),
                Images.layer(
                        store,
                        Images.whiteout("gone"),
                        Images.file("new", "x"),
                        Images.whiteout("linked"),
                        Images.file("d-twice", "twice")));
        assertThat(inspection.waste().hidden())
                .extracting(hidden -> hidden.file().path() + " " + hidden.deleted())
                .containsExactly("/gone true", "/new false");
        assertThat(inspection.waste().hiddenSize()).isEqualTo(8);
        assertThat(inspection.waste().equal()).singleElement().satisfies(equal -> {
            assertThat(equal.places()).extracting(LayerPath::toString).containsExactly("/d-twice", "/twice");
            assertThat(equal.spare()).isEqualTo(5);
        });
        assertThat(inspection.content()).isEqualTo(5 + 3 + 7 + 5 + 1 + 5);
        assertThat(inspection.biggest(1))
                .extracting(seen -> seen.file().path().toString())
                .containsExactly("/d-twice");
        assertThat(inspection.layers()).extracting(LayerFacts::name).containsExactly("lowest", "test");
        assertThat(inspection.layers()).extracting(LayerFacts::count).containsExactly(5, 2);
        assertThat(inspection.layers()).extracting(LayerFacts::whiteouts).containsExactly(0, 2);
    }

    @Test
    void contentIsReadAgainFromItsLayer() throws IOException {
        ImageFiles files = ImageFiles.read(List.of(
                Images.layer(store, Images.file("a", "first"), Images.file("b", "second")),
                Images.layer(store, Images.file("a", "third"), hardLink("c", "a"))));
        for (Map.Entry<String, String> file :
                Map.of("a", "third", "b", "second", "c", "third").entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            files.copyContent(files.find(file.getKey()).orElseThrow().file(), bytes);
            assertThat(bytes.toString(UTF_8)).isEqualTo(file.getValue());
        }
    }

    @Test
    void whatRunsIsToldWithoutSecrets() throws IOException {
        JsonObject execution = OciJson.parse("{\"Entrypoint\":[\"java\",\"--password\",\"pw\"],\"User\":\"\","
                + "\"Env\":[\"TOKEN=abc\",\"A=1\"],\"ExposedPorts\":{\"80/tcp\":{}},\"Labels\":{\"secret\":\"x\"},"
                + "\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"],\"Interval\":1500000000}}");
        assertThat(RunFacts.of(inspection(execution, Images.layer(store, Images.file("f", "x")))
                        .image()
                        .config()))
                .extracting(fact -> fact.name() + " " + fact.values())
                .containsExactly(
                        "entrypoint [java, --password, ***]",
                        "environment [TOKEN=***, A=1]",
                        "ports [80/tcp]",
                        "healthcheck [CMD, true, (every 1.5 s)]",
                        "labels [secret=***]");
    }

    private Inspection hostile() throws IOException {
        return inspection(
                OciJson.parse("{\"Env\":[\"PASSWORD=hunter2\"]}").with("User", EVIL),
                Images.layer(
                        store,
                        Images.directory("d", 0755),
                        new FileEntry.Regular(
                                LayerPath.of("d/" + EVIL.replace("/", "")),
                                Metadata.FILE,
                                FileContent.of("x".getBytes(UTF_8))),
                        Images.symlink("d/link", EVIL)),
                Images.layer(store, Images.whiteout("d"), Images.opaque("e")));
    }

    @Test
    void noNameGetsOutOfTheDataOfThePage() throws IOException {
        String page = new String(InspectionPage.of(hostile()), UTF_8);
        assertThat(page)
                .doesNotContain("alert(1)</script>")
                .doesNotContain("\033")
                .doesNotContain("hunter2");
        assertThat(page.split("(?i)<script", -1)).as("the data and the script").hasSize(3);
        assertThat(page.split("(?i)</script", -1)).hasSize(3);
        assertThat(page).doesNotContainPattern("@[A-Z_]+@");
        assertThat(page).doesNotContainPattern("(?i)(src|href)=").doesNotContain("http:", "https:", "@import", "url(");
    }

    /** What the script of the page reads. */
    private static JsonObject data(String page) {
        String front = "id=\"data\">";
        int begin = page.indexOf(front) + front.length();
        return OciJson.parse(page.substring(begin, page.indexOf("</script>", begin)));
    }

    @Test
    void thePageHoldsAllOfIt() throws IOException {
        JsonObject data = data(new String(InspectionPage.of(hostile()), UTF_8));
        assertThat(data.requiredText("name")).isEqualTo(EVIL);
        List<JsonObject> layers = data.objects("layers");
        assertThat(layers).hasSize(2);
        assertThat(layers.get(0).members().get("files"))
                .isEqualTo(List.of(
                        List.of(-1L, "d", "d", 0L, 0L, -2L),
                        List.of(0L, EVIL.replace("/", ""), "f", 1L, 1L, -2L),
                        List.of(0L, "link", "l", 0L, 2L, -2L, EVIL)));
        assertThat(layers.get(1).members().get("files"))
                .isEqualTo(List.of(
                        List.of(-1L, "e", "d", 0L, -1L, 0L),
                        List.of(-1L, "d", "w", 0L, 0L, 0L),
                        List.of(0L, "*", "o", 0L, 0L, 0L)));
    }

    /** A browser compares them itself, and would show an empty page. */
    @Test
    void thePolicyAllowsJustTheScriptAndStyleThatAreThere() throws IOException {
        String page = new String(InspectionPage.of(hostile()), UTF_8);
        for (String element : List.of("script", "style")) {
            int begin = page.lastIndexOf("<" + element + ">") + element.length() + 2;
            String text = page.substring(begin, page.indexOf("</" + element + ">", begin));
            String hash = Base64.getEncoder().encodeToString(Digest.sha256(text).toBytes());
            assertThat(page).contains(element + "-src 'sha256-" + hash + "'");
        }
        assertThat(page).contains("default-src 'none'").doesNotContain("unsafe");
    }

    @Test
    void theSameImageGivesTheSamePage() throws IOException {
        assertThat(InspectionPage.of(hostile())).isEqualTo(InspectionPage.of(hostile()));
    }
}

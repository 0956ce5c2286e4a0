// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DescriptorTest {

    private static final Descriptor EMPTY = Descriptor.of(MediaType.LAYER_TAR, new byte[0]);

    @Test
    void pointsToContentByItsHashAndLength() {
        assertThat(EMPTY.digest())
                .hasToString("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(EMPTY.size()).isZero();
        assertThat(EMPTY.toJson())
                .hasToString("{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"" + EMPTY.digest()
                        + "\",\"size\":0}");
    }

    @Test
    void readsBackWhatItWrites() {
        Descriptor full = EMPTY.withPlatform(Platform.parse("linux/arm64/v8"))
                .withAnnotation("b", "2")
                .withAnnotation("a", "1")
                .withMediaType(MediaType.MANIFEST);
        assertThat(Descriptor.fromJson(full.toJson())).isEqualTo(full);
        assertThat(full.annotations().firstKey()).isEqualTo("a");
    }

    @Test
    void cannotBeChangedThroughTheMapItWasMadeOf() {
        TreeMap<String, String> annotations = new TreeMap<>();
        Descriptor descriptor =
                new Descriptor(EMPTY.mediaType(), EMPTY.digest(), 0, EMPTY.platform(), annotations, JsonObject.EMPTY);
        annotations.put("a", "1");
        assertThat(descriptor).isEqualTo(EMPTY);
    }

    @Test
    void unknownMembersAreKept() {
        String json = "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"" + EMPTY.digest()
                + "\",\"size\":0,\"platform\":{\"architecture\":\"amd64\",\"os\":\"windows\","
                + "\"os.version\":\"10.0.1\",\"os.features\":[\"win32k\"]},\"annotations\":{\"a\":\"1\"},"
                + "\"urls\":[\"https://example.com/a\"],\"artifactType\":\"application/x\",\"data\":\"\",\"later\":1}";
        Descriptor read = Descriptor.fromJson(OciJson.parse(json));

        assertThat(read.toJson()).hasToString(json);
        assertThat(read.withMediaType(MediaType.INDEX).withAnnotation("a", "1").toJson())
                .hasToString(json.replace("image.manifest", "image.index"));
        assertThat(read).isNotEqualTo(Descriptor.fromJson(OciJson.parse(json.replace("later", "sooner"))));
    }

    @Test
    void whatIsSaidOfAPlatformIsNotSaidOfAnother() {
        JsonObject arm = JsonObject.EMPTY.with("os", "linux").with("architecture", "arm");
        Descriptor old = Descriptor.fromJson(EMPTY.toJson().with("platform", arm.with("os.version", "6.1")));

        assertThat(old.withPlatform(Platform.parse("linux/arm/v7")).toJson().toString())
                .contains("\"variant\":\"v7\",\"os.version\":\"6.1\"");
        assertThat(old.withPlatform(Platform.parse("linux/amd64")))
                .isEqualTo(EMPTY.withPlatform(Platform.parse("linux/amd64")));
    }

    @Test
    void aSizeIsNeverNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descriptor(MediaType.CONFIG, EMPTY.digest(), -1))
                .withMessageContaining("negative");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final String HEX = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String OCI =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                    + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:"
                    + HEX
                    + "\",\"size\":3},"
                    + "\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:"
                    + HEX
                    + "\",\"size\":3}],\"annotations\":{\"a\":\"1\",\"b\":\"2\"}}";

    @Test
    void isWrittenAsItIsRead() {
        Manifest manifest = Manifest.parse(OCI.getBytes(UTF_8), MediaType.MANIFEST);
        assertThat(manifest.format()).isEqualTo(Format.OCI);
        assertThat(manifest.lowestFirst()).extracting(Descriptor::mediaType).containsExactly(MediaType.LAYER_GZIP);
        assertThat(new String(manifest.toBytes(), UTF_8)).isEqualTo(OCI);
    }

    @Test
    void annotationsAreSortedWhateverOrderTheyCameIn() {
        Descriptor config = Descriptor.of(MediaType.CONFIG, new byte[0]);
        Manifest manifest =
                new Manifest(Format.OCI, config, List.of(), new TreeMap<>(Map.of("z", "1", "a", "2", "m", "3")));
        assertThat(new String(manifest.toBytes(), UTF_8))
                .endsWith("\"annotations\":{\"a\":\"2\",\"m\":\"3\",\"z\":\"1\"}}");
    }

    @Test
    void dockersHasNoAnnotations() {
        Descriptor config = Descriptor.of(MediaType.DOCKER_CONFIG, new byte[0]);
        Manifest manifest = new Manifest(Format.DOCKER, config, List.of(), new TreeMap<>(Map.of("a", "1")));
        assertThat(new String(manifest.toBytes(), UTF_8))
                .contains(MediaType.DOCKER_MANIFEST.name())
                .doesNotContain("annotations");
        assertThat(Manifest.parse(manifest.toBytes(), MediaType.MANIFEST).format())
                .isEqualTo(Format.DOCKER);
    }

    @Test
    void theDescriptorSaysTheTypeWhereTheManifestDoesNot() {
        byte[] untyped = OCI.replace("\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",", "")
                .getBytes(UTF_8);
        assertThat(Manifest.parse(untyped, MediaType.DOCKER_MANIFEST).format()).isEqualTo(Format.DOCKER);
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(untyped, MediaType.INDEX));
    }

    @Test
    void whatIsNoManifestIsRefused() {
        refused(OCI.replace("schemaVersion\":2", "schemaVersion\":1"), "schemaVersion");
        refused(OCI.replace("image.manifest", "image.index"), "not an image manifest");
        refused(OCI.replace("\"config\":", "\"konfig\":"), "'config'");
        refused(OCI.replace("\"size\":3", "\"size\":-3"), "negative");
        refused(OCI.replace("\"size\":3", "\"size\":\"3\""), "'size'");
        refused(OCI.replace("\"size\":3", "\"sise\":3"), "'size'");
        refused(OCI.replace(HEX, "abc"), "'abc'");
        refused(OCI.replace("\"layers\":[", "\"layers\":[7,"), "'layers'");
    }

    private static void refused(String document, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(document.getBytes(UTF_8), MediaType.MANIFEST))
                .withMessageContaining(why);
    }
}

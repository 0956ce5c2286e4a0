// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IndexTest {

    private static final Descriptor ARM =
            Descriptor.of(MediaType.MANIFEST, new byte[] {1}).withPlatform(Platform.parse("linux/arm/v7"));

    @Test
    void isWrittenAndReadAgain() {
        Index index = new Index(Format.OCI, List.of(ARM.withAnnotation("k", "v")), new TreeMap<>(Map.of("a", "1")));
        assertThat(Index.parse(index.toBytes(), MediaType.INDEX)).isEqualTo(index);
        assertThat(new String(index.toBytes(), UTF_8))
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                        + "\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
                        + ARM.digest() + "\",\"size\":1,"
                        + "\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"},"
                        + "\"annotations\":{\"k\":\"v\"}}],\"annotations\":{\"a\":\"1\"}}");
    }

    @Test
    void dockersListHasNoAnnotations() {
        Index list = new Index(Format.DOCKER, List.of(ARM), new TreeMap<>(Map.of("a", "1")));
        Index read = Index.parse(list.toBytes(), MediaType.INDEX);
        assertThat(read.format()).isEqualTo(Format.DOCKER);
        assertThat(read.annotations()).isEmpty();
    }

    @Test
    void unknownMembersAreKept() {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[],"
                + "\"annotations\":{\"a\":\"1\"},\"artifactType\":\"application/x\",\"subject\":" + ARM.toJson() + "}";
        Index read = Index.parse(json.getBytes(UTF_8), MediaType.INDEX);

        assertThat(new String(read.toBytes(), UTF_8)).isEqualTo(json);
        assertThat(new String(read.withManifests(List.of(ARM)).toBytes(), UTF_8))
                .isEqualTo(json.replace("[]", "[" + ARM.toJson() + "]"));
    }

    @Test
    void anEmptyOneIsOne() {
        byte[] bare = "{\"schemaVersion\":2}".getBytes(UTF_8);
        assertThat(Index.parse(bare, MediaType.INDEX).manifests()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Index.parse(bare, MediaType.MANIFEST));
    }

    @Test
    void aPlatformWithoutAProcessorIsRefused() {
        String broken = new String(new Index(Format.OCI, List.of(ARM), new TreeMap<>()).toBytes(), UTF_8)
                .replace("\"architecture\"", "\"archytecture\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Index.parse(broken.getBytes(UTF_8), MediaType.INDEX))
                .withMessageContaining("'architecture' is missing");
    }
}

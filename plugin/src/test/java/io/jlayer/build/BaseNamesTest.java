// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.blob.Store;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseNamesTest {

    @TempDir
    Path directory;

    private BaseNames names;

    @BeforeEach
    void open() throws IOException {
        names = new BaseNames(Store.open(directory));
    }

    private List<String> of(String line) throws IOException {
        String config = "{'rootfs':{'diff_ids':['sha256:" + "0".repeat(64) + "']},'history':[" + line + "]}";
        return names.of(new ImageConfig(OciJson.parse(config.replace('\'', '"'))));
    }

    private long remembered() throws IOException {
        Path records = directory.resolve("records/layer-names-v1");
        if (!Files.exists(records)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(records)) {
            return files.count();
        }
    }

    @Test
    void namesOfOthersAreRemembered() throws IOException {
        String line = "{'created_by':'RUN curl -H token=abc host # buildkit'}";
        for (int i = 0; i < 2; i++) {
            assertThat(of(line)).containsExactly("curl -H token=*** host");
            assertThat(remembered()).isEqualTo(1);
        }
        assertThat(of("{'created_by':'CMD other'}")).containsExactly("CMD other");
        assertThat(remembered()).isEqualTo(2);
    }

    @Test
    void whatIsRememberedIsTaken() throws IOException {
        String line = "{'created_by':'RUN one'}";
        of(line);
        Path directoryOfNames = directory.resolve("records/layer-names-v1");
        Path record;
        try (Stream<Path> files = Files.list(directoryOfNames)) {
            record = files.findFirst().orElseThrow();
        }
        of("{'created_by':'RUN two'}");
        Path other;
        try (Stream<Path> files = Files.list(directoryOfNames)) {
            other = files.filter(file -> !file.equals(record)).findFirst().orElseThrow();
        }
        Files.copy(other, record, StandardCopyOption.REPLACE_EXISTING);
        assertThat(of(line)).containsExactly("two");
        Files.write(record, new byte[] {1});
        assertThat(of(line)).as("a damaged record").containsExactly("one");
    }

    @Test
    void jlayersOwnAreNamesAlready() throws IOException {
        assertThat(of("{'created_by':'jlayer','comment':'classes'}")).containsExactly("classes");
        assertThat(remembered()).isZero();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSourceTest {

    private static final String HELLO =
            """
            public class Hello {
                public static void main(String[] args) throws Exception {
                    System.out.println("Hello from " + System.getProperty("java.version"));
                    System.out.println(System.getProperty("user.name") + " " + java.nio.charset.Charset.defaultCharset());
                    System.out.println(java.util.TimeZone.getDefault().getID());
                    System.out.println(java.net.InetAddress.getByName("127.0.0.1").isLoopbackAddress());
                    var trust = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
                    trust.init((java.security.KeyStore) null);
                    System.out.println(trust.getTrustManagers().length);
                    System.out.println(java.util.logging.Level.INFO.getName());
                }
            }
            """;

    @TempDir
    Path directory;

    private WatchedJdk jdk;
    private Path classes;

    @BeforeEach
    void compileAnApplication() throws IOException {
        jdk = WatchedJdk.in(directory);
        classes = Files.createDirectories(directory.resolve("classes"));
        compile(HELLO);
    }

    @AfterEach
    void removeLinks() throws IOException {
        jdk.close();
    }

    private void compile(String source) throws IOException {
        Path file = Files.writeString(directory.resolve("Hello.java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-d", classes.toString(), file.toString());
        assertThat(status).isZero();
    }

    private Image load(Path storeRoot) throws IOException {
        return load(Store.open(storeRoot));
    }

    private Image load(Store store) throws IOException {
        FileDigests digests = FileDigests.open(store, classes);
        JdkApplication application = JdkApplication.of(List.of(classes), List.of(), digests);
        return new JdkSource(jdk.home(), application, store, digests).load(Platform.HOST, store.blobs());
    }

    private static List<String> digests(Image image) {
        return image.lowestFirst().stream()
                .map(layer -> layer.descriptor().digest().toString())
                .toList();
    }

    @Test
    void aProgramRunsOnIt() throws Exception {
        Image image = load(directory.resolve("store"));
        assertThat(JdkSource.isBelow(image.config())).isTrue();
        assertThat(image.config().execution().texts("Env"))
                .contains("JAVA_HOME=/opt/java/openjdk", "LANG=C.UTF-8")
                .anyMatch(line -> line.startsWith("PATH=/opt/java/openjdk/bin:"))
                .anyMatch(line -> line.startsWith("JAVA_VERSION="));
        Unpacked unpacked = Unpacked.of(image, directory.resolve("root"));
        Files.copy(classes.resolve("Hello.class"), unpacked.root().resolve("tmp/Hello.class"));
        assertThat(unpacked.run("/opt/java/openjdk/bin/java", "-cp", "/tmp", "Hello")
                        .lines())
                .containsExactly(
                        "Hello from " + System.getProperty("java.version"),
                        "root UTF-8",
                        "Etc/UTC",
                        "true",
                        "1",
                        "INFO");
    }

    @Test
    void twoStoresAndPlacesGiveEqualBytes() throws IOException {
        jdk.numberObjects(2);
        Image first = load(directory.resolve("store"));
        Path elsewhere = Files.createDirectories(directory.resolve("else/where"));
        Files.move(classes, elsewhere.resolve("classes"));
        classes = elsewhere.resolve("classes");
        jdk.close();
        jdk = WatchedJdk.in(elsewhere);
        jdk.numberObjects(0);
        Image second = load(directory.resolve("other store"));
        assertThat(digests(second)).isEqualTo(digests(first));
        assertThat(second.config().toBytes()).isEqualTo(first.config().toBytes());
    }

    @Test
    void onlyTheFirstLoadRunsTools() throws IOException {
        Image first = load(directory.resolve("store"));
        assertThat(jdk.runs()).containsExactly("jdeps", "jlink");
        Image second = load(directory.resolve("store"));
        assertThat(jdk.runs()).containsExactly("jdeps", "jlink");
        assertThat(second.config().toBytes()).isEqualTo(first.config().toBytes());
        compile(HELLO.replace("Hello from", "Greetings from"));
        load(directory.resolve("store"));
        assertThat(jdk.runs()).containsExactly("jdeps", "jlink", "jdeps");
    }

    @Test
    void whatIsGoneFromTheStoreIsMadeAgain() throws IOException {
        Store store = Store.open(directory.resolve("store"));
        Image first = load(store);
        for (Layer layer : first.lowestFirst()) {
            Files.delete(store.blobs().file(layer.descriptor().digest()));
        }
        Image second = load(store);
        assertThat(digests(second)).isEqualTo(digests(first));
        for (Layer layer : second.lowestFirst()) {
            assertThat(store.blobs().contains(layer.descriptor().digest())).isTrue();
        }
    }

    @Test
    void aFailureOfJlinkIsToldInItsOwnWords() throws IOException {
        jdk.script("jlink", "echo 'Error: the disk is full' >&2\nexit 3\n");
        assertThatIOException()
                .isThrownBy(() -> load(directory.resolve("store")))
                .withMessageContaining("bin/jlink: it ended with status 3: Error: the disk is full");
    }

    @Test
    void anotherPlatformIsRefused() throws IOException {
        Store store = Store.open(directory.resolve("store"));
        JdkApplication application = new JdkApplication(List.of(), List.of(), false, List.of());
        FileDigests digests = FileDigests.open(store, classes);
        assertThatIOException()
                .isThrownBy(() -> new JdkSource(jdk.home(), application, store, digests)
                        .load(Platform.parse("linux/s390x"), store.blobs()))
                .withMessageContaining("for " + Platform.HOST)
                .withMessageContaining("not for linux/s390x");
        assertThat(jdk.runs()).isEmpty();
    }

    @Test
    void anotherSystemIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> JdkSource.checkPlatform(Platform.HOST, "Mac OS X"))
                .withMessageContaining("Mac OS X");
    }

    @Test
    void nothingOfTheBuildersPlacesIsInTheConfig() throws IOException {
        Image image = load(directory.resolve("store"));
        assertThat(new String(image.config().toBytes(), UTF_8)).doesNotContain(directory.toString());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.local;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageSource;
import io.jlayer.layer.Compression;
import io.jlayer.layer.Layer;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The base {@code jdk:}: a Java runtime that is linked from the JDK that builds, on the C library of this machine. It needs
 * no registry and nothing that a machine that builds Java has not.
 *
 * <p>Equal JDKs and hosts give equal bytes. Two layers: the system, and the runtime. For class data sharing there is no
 * archive: on JDK 17 no two dumps are equal, and it would be as large as the classes again. Java finds no fonts, and runs
 * headless.
 */
public final class JdkSource implements ImageSource {

    /** Fast rather than small: a base that is made here is for running here. A tenth larger, for a third of the time. */
    private static final Compression COMPRESSION = Compression.GZIP.withLevel(1);

    private static final String CREATED_BY = "jlayer";
    private static final String SYSTEM = "system libraries and files";
    private static final String RUNTIME = "Java runtime ";

    private final Path javaHome;
    private final JdkApplication application;
    private final Store store;
    private final FileDigests digests;
    private final Path hostRoot;

    /**
     * {@code store} remembers what was linked, and must be where {@link #load} is told to keep blobs; {@code digests} is
     * told which files of this machine were looked at.
     */
    public JdkSource(Path javaHome, JdkApplication application, Store store, FileDigests digests) {
        this(javaHome, application, store, digests, Path.of("/"));
    }

    /** For tests: {@code hostRoot} is where the host's file system begins. */
    JdkSource(Path javaHome, JdkApplication application, Store store, FileDigests digests, Path hostRoot) {
        this.javaHome = javaHome;
        this.application = application;
        this.store = store;
        this.digests = digests;
        this.hostRoot = hostRoot;
    }

    /**
     * Makes the base, or finds it as it was made before.
     *
     * @throws IOException if this machine or its JDK cannot serve the platform, if a library is missing, or if linking fails
     */
    @Override
    public Image load(Platform platform, BlobStore blobs) throws IOException {
        checkPlatform(platform, System.getProperty("os.name", ""));
        for (String file : Jdk.IDENTIFYING) {
            digests.watch(javaHome.resolve(file));
        }
        Jdk jdk = Jdk.at(javaHome);
        SortedSet<String> modules = new RuntimeModules(jdk, store).of(application);
        RuntimeLayer.Made runtime = new RuntimeLayer(store, COMPRESSION).of(jdk, modules);
        Layer system = new SystemLayer(hostRoot, store, digests, COMPRESSION).of(runtime.needs());
        ImageConfig config = ImageConfig.empty(platform.fit(Platform.HOST) == 2 ? platform : Platform.HOST)
                .withCreated(Instant.EPOCH)
                .withExecution(execution(jdk));
        return Image.scratch(config.platform())
                .withConfig(config)
                .append(system, history(SYSTEM))
                .append(runtime.layer(), history(RUNTIME + jdk.version()));
    }

    /**
     * Whether an image stands on a runtime that was linked so, here or elsewhere. Its history tells, which engines, archives
     * and registries keep, as do programs that build on it.
     */
    public static boolean isBelow(ImageConfig config) {
        boolean system = false;
        for (JsonObject line : config.history()) {
            boolean ours = CREATED_BY.equals(line.members().get("created_by"));
            String comment = line.members().get("comment") instanceof String text ? text : "";
            if (ours && system && comment.startsWith(RUNTIME)) {
                return true;
            }
            system = ours && comment.equals(SYSTEM);
        }
        return false;
    }

    static void checkPlatform(Platform platform, String hostSystem) throws IOException {
        if (!hostSystem.equals("Linux")) {
            throw new IOException(
                    "'jdk:' takes the C library from the machine that builds, which must run Linux, not " + hostSystem);
        }
        if (platform.fit(Platform.HOST) == 0) {
            throw new IOException("'jdk:' can only make an image for " + Platform.HOST
                    + ", the machine that builds, not for " + platform);
        }
    }

    private static JsonObject execution(Jdk jdk) {
        String home = RuntimeLayer.HOME.toString();
        return JsonObject.EMPTY.with(
                "Env",
                List.of(
                        "PATH=" + home + "/bin:" + ImageConfig.DEFAULT_PATH,
                        "JAVA_HOME=" + home,
                        "JAVA_VERSION=" + jdk.version(),
                        "LANG=C.UTF-8"));
    }

    private static History history(String comment) {
        return new History(Optional.of(Instant.EPOCH), CREATED_BY, comment, false);
    }
}

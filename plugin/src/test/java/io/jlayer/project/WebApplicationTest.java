// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jlayer.build.BuildReport;
import io.jlayer.build.SmallApplication;
import io.jlayer.error.UserError;
import io.jlayer.layer.LayerReader;
import io.jlayer.plan.ContainerSettings;
import io.jlayer.plan.ExtraLayer;
import io.jlayer.plan.ImageSettings;
import io.jlayer.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of projects that package a war. */
class WebApplicationTest {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int SERVER = 999;

    @TempDir
    Path directory;

    private SmallApplication application;
    private final SortedMap<String, String> files = new TreeMap<>(Map.of(
            "WEB-INF/lib/lib-1.2.jar", "a jar",
            "WEB-INF/lib/overlay-2.0-rc1.jar", "another",
            "WEB-INF/classes/a/Servlet.class", "a class",
            "WEB-INF/classes/messages.properties", "a=b",
            "WEB-INF/web.xml", "<web-app/>",
            "index.html", "<h1>"));

    @BeforeEach
    void project() throws IOException {
        application = new SmallApplication(directory);
        application.depend("org.lib", "lib", "1.2", false, application.write("repository/lib-1.2.jar", "a jar"));
        application.web = new WebApplication(
                application.project.resolve("target/shop.war"), application.project.resolve("target/shop"));
    }

    private BuildReport build() throws IOException {
        Files.createDirectories(application.web.archive().getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(application.web.archive()))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(UTF_8));
            }
        }
        return application.build();
    }

    private void container(List<String> entrypoint, String appRoot, SortedMap<String, String> environment) {
        application.container = new ContainerSettings(
                Optional.empty(),
                List.of("-Xmx1g"),
                List.of(),
                entrypoint,
                environment,
                new TreeMap<>(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(appRoot));
    }

    /** Paths with what they hold; directories with their owner. */
    private static SortedMap<String, String> content(BuildReport report) throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        for (BuildReport.LayerReport layer : report.platforms().get(0).lowestFirst()) {
            try (LayerReader reader = LayerReader.open(layer.layer().blob())) {
                for (Optional<LayerReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                    boolean isDirectory = next.get().tar().type() == TarEntry.Type.DIRECTORY;
                    String held = isDirectory
                            ? "of " + next.get().tar().uid()
                            : layer.name() + ": " + new String(reader.content().readAllBytes(), UTF_8);
                    content.put(next.get().path().toString(), held);
                }
            }
        }
        return content;
    }

    private String command() throws IOException {
        Path config = application.output().resolve("image.id");
        String id = Files.readString(config).strip().replace("sha256:", "");
        return Files.readString(application.output().resolve("image/blobs/sha256/" + id));
    }

    @Test
    void anArchiveThatItsPluginLeftEmptyIsAnError() {
        files.clear();
        container(List.of(), "/srv/webapps/shop", new TreeMap<>());
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::build)
                .withMessageContainingAll("only part of one: it holds no file", "shop.war", "mvn clean package");
    }

    /** An image whose server's directory belongs to the server. */
    private String base() throws IOException {
        SmallApplication server = new SmallApplication(directory.resolve("server"));
        server.layering = ImageSettings.NO_APPLICATION;
        ExtraLayer.FileSet home = ExtraLayer.FileSet.of(
                server.write("home/ini", "x").getParent(),
                "/opt/jetty",
                List.of(),
                List.of(),
                null,
                null,
                SERVER + ":" + SERVER);
        server.extraLayers.add(new ExtraLayer("server", List.of(home), List.of()));
        server.container = SmallApplication.containerOf(
                Optional.empty(), List.of(), SmallApplication.map("JETTY_BASE", "/opt/jetty"));
        server.build();
        return "oci:" + server.output().resolve("image");
    }

    @Test
    void asABaseItIsKnownForAnApplication() throws IOException {
        application.from = base();
        application.to.add("oci:base");
        build();
        application.to.clear();
        application.from = "oci:base";
        build();
        assertThat(application.warnings).anyMatch(text -> text.contains("holds an application that jlayer built"));
    }

    @Test
    void itLiesWhereTheBasesServerLooks() throws IOException {
        application.from = base();
        container(List.of(), null, new TreeMap<>());
        SortedMap<String, String> content = content(build());
        String root = "/opt/jetty/webapps/ROOT";
        assertThat(content)
                .containsEntry("/opt/jetty", "of 999")
                .containsEntry(root + "/WEB-INF", "of 0")
                .containsEntry(root + "/WEB-INF/lib/lib-1.2.jar", "lib 1.2: a jar")
                .containsEntry(root + "/WEB-INF/lib/overlay-2.0-rc1.jar", "overlay 2.0-rc1: another")
                .containsEntry(root + "/WEB-INF/classes/a/Servlet.class", "classes: a class")
                .containsEntry(root + "/WEB-INF/classes/messages.properties", "web resources: a=b")
                .containsEntry(root + "/index.html", "web resources: <h1>")
                .doesNotContainKey("/app");
        assertThat(command()).doesNotContain("Entrypoint");
        assertThat(application.warnings).singleElement().asString().contains("<jvmFlags> are passed over");
    }

    @Test
    void whatTheBaseServedThereIsHidden() throws IOException {
        application.from = base();
        container(List.of(), null, new TreeMap<>());
        String hides = "/opt/jetty/webapps/ROOT/.wh..wh..opq";
        assertThat(content(build())).doesNotContainKey(hides);
        SmallApplication next = new SmallApplication(directory.resolve("next"));
        next.web = application.web;
        next.from = "oci:" + application.output().resolve("image");
        assertThat(content(next.build())).containsKey(hides);
    }

    @Test
    void aPlaceMayBeNamed() throws IOException {
        container(List.of(), "/srv/ROOT", new TreeMap<>());
        assertThat(content(build())).containsKey("/srv/ROOT/index.html");
        container(List.of(), "srv", new TreeMap<>());
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::build)
                .withMessageContaining("'srv' is no place for a web application (<container><appRoot>)");
    }

    @Test
    void aBaseWithoutAServerIsToldWithWhatHelps() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(this::build)
                .withMessageContaining("none of CATALINA_BASE, CATALINA_HOME, JETTY_BASE")
                .withMessageContaining("<from>scratch</from>")
                .withMessageContaining("<container><appRoot>");
    }

    @Test
    void theUsersEnvironmentTellsToo() throws IOException {
        container(List.of("/opt/server/run"), null, SmallApplication.map("CATALINA_HOME", "/opt/server"));
        assertThat(content(build())).containsKey("/opt/server/webapps/ROOT/index.html");
        assertThat(application.warnings).noneMatch(text -> text.contains("nothing says what the image runs"));
        application.from = base();
        container(List.of(), null, SmallApplication.map("JETTY_BASE", "/srv/jetty"));
        assertThat(content(build())).containsKey("/srv/jetty/webapps/ROOT/index.html");
        container(List.of(), null, SmallApplication.map("JETTY_BASE", "/"));
        assertThatExceptionOfType(UserError.class).isThrownBy(this::build).withMessageContaining("JETTY_BASE");
    }

    @Test
    void aServerThatNothingStartsIsWarnedOf() throws IOException {
        container(List.of(), "/srv/ROOT", new TreeMap<>());
        build();
        assertThat(application.warnings)
                .anyMatch(text -> text.contains("nothing says what the image runs") && text.contains("scratch"));
    }

    @Test
    void oneThatCanBeStartedIsStarted() throws IOException {
        files.put(MANIFEST, "Manifest-Version: 1.0\nMain-Class: org.Launcher\n");
        files.put("org/Launcher.class", "it");
        files.put("WEB-INF/lib-provided/server-10.jar", "served");
        container(List.of(), null, new TreeMap<>());
        SortedMap<String, String> content = content(build());
        assertThat(content)
                .containsEntry("/app/web/org/Launcher.class", "launcher: it")
                .containsEntry("/app/web/WEB-INF/lib-provided/server-10.jar", "server 10: served")
                .containsEntry("/app/web/WEB-INF/classes/a/Servlet.class", "classes: a class");
        assertThat(command()).contains("\"Entrypoint\":[\"java\",\"-Xmx1g\",\"-cp\",\"/app/web\",\"org.Launcher\"]");
    }

    @Test
    void aClassThatNoLoaderFindsStartsNothing() throws IOException {
        files.put(MANIFEST, "Manifest-Version: 1.0\nMain-Class: a.Servlet\n"); // in WEB-INF/classes
        container(List.of(), "/r", new TreeMap<>());
        build();
        container(List.of(), null, new TreeMap<>());
        assertThatExceptionOfType(UserError.class).isThrownBy(this::build).withMessageContaining("CATALINA_HOME");
    }

    @Test
    void aServerMayHaveWhatCouldBeStarted() throws IOException {
        files.put(MANIFEST, "Manifest-Version: 1.0\nMain-Class: org.Launcher\n");
        application.from = base();
        container(List.of(ContainerSettings.INHERIT), null, new TreeMap<>());
        assertThat(content(build())).containsKey("/opt/jetty/webapps/ROOT/index.html");
        assertThat(command()).doesNotContain("Launcher");
    }

    @Test
    void bytesAreThoseOfTheArchive() throws IOException {
        container(List.of(), "/r", new TreeMap<>());
        application.write("target/shop/index.html", "<h1>"); // what was packed
        application.write("target/shop/WEB-INF/web.xml", "longer than what was packed");
        application.write("target/shop/WEB-INF/classes/messages.properties", "c=d"); // just as long
        application.write("target/shop/excluded.txt", "x");
        assertThat(content(build()))
                .containsEntry("/r/index.html", "web resources: <h1>")
                .containsEntry("/r/WEB-INF/web.xml", "web resources: <web-app/>")
                .containsEntry("/r/WEB-INF/classes/messages.properties", "web resources: a=b")
                .doesNotContainKey("/r/excluded.txt");
    }

    @Test
    void anArchiveThatChangesAloneIsNoticed() throws IOException {
        container(List.of(), "/r", new TreeMap<>());
        application.write("target/shop/index.html", "<h1>");
        build();
        build();
        files.put("index.html", "<h2>");
        assertThat(content(build())).containsEntry("/r/index.html", "web resources: <h2>");
    }

    @Test
    void whatChangesIsPackedAlone() throws IOException {
        container(List.of(), "/r", new TreeMap<>());
        build();
        files.put("WEB-INF/classes/a/Servlet.class", "another class");
        List<String> built = new ArrayList<>();
        for (BuildReport.LayerReport layer : build().platforms().get(0).lowestFirst()) {
            if (layer.state().equals("built")) {
                built.add(layer.name());
            }
        }
        assertThat(built).containsExactly("classes");
    }

    @Test
    void namesThatNoImageCanHaveAreTold() {
        container(List.of(), "/r", new TreeMap<>());
        for (String name : List.of("../outside", ".wh.index.html")) {
            files.put(name, "x");
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(this::build)
                    .withMessageContaining("shop.war")
                    .withMessageContaining("leave that file out of the war");
            files.remove(name);
        }
    }

    @Test
    void halfAnArchiveIsToldWithWhatHelps() throws IOException {
        application.write("target/shop.war", "PK");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContaining("it is not a war, or only part of one")
                .withMessageContaining("mvn clean package");
    }

    @Test
    void aPlaceForAWebApplicationIsForNothingElse() {
        application.web = null;
        container(List.of(), "/r", new TreeMap<>());
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(application::build)
                .withMessageContaining("<container><appRoot>")
                .withMessageContaining("use packaging war");
    }
}

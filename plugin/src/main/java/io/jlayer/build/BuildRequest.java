// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileNames;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Platform;
import io.jlayer.oci.Rfc3339;
import io.jlayer.plan.ContainerSettings;
import io.jlayer.plan.ExtraLayer;
import io.jlayer.plan.Healthcheck;
import io.jlayer.plan.ImageSettings;
import io.jlayer.project.Application;
import io.jlayer.project.Application.ClassPathEntry;
import io.jlayer.project.Runner;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * All that a build is told, in one text: builds that are told the same have equal texts, and others never. What lies in
 * files is not in it, and no secret: a key is in it as a digest.
 */
final class BuildRequest {

    private final StringBuilder text = new StringBuilder(8192);

    private BuildRequest() {}

    /** The request for an image whose layers are shared in {@code store}. */
    static byte[] of(Path store, Application application, ImageSettings settings) {
        BuildRequest request = new BuildRequest();
        request.add(store);
        request.add(application);
        request.add(settings);
        return request.text.toString().getBytes(UTF_8);
    }

    private void add(Application application) {
        add(application.name());
        add(application.version());
        add(application.project());
        add(application.classes());
        add(application.packaged().includes());
        add(application.packaged().excludes());
        add(application.filesForRoot());
        add(application.output());
        add(application.javaHome());
        add(application.mainClass());
        add(application.classPath().size());
        for (ClassPathEntry entry : application.classPath()) {
            add(entry.groupId());
            add(entry.artifactId());
            add(entry.version());
            add(entry.classifier());
            add(entry.extension());
            add(entry.module());
            add(entry.file());
        }
        add(application.web().isPresent());
        if (application.web().isPresent()) {
            add(application.web().get().archive());
            add(application.web().get().exploded());
        }
        add(application.runner().isPresent());
        if (application.runner().isPresent()) {
            add(application.runner().get());
        }
        add(application.jar());
        add(application.manifestFlags());
        add(application.manifestEntries());
    }

    private void add(Runner runner) {
        add(runner.root());
        add(runner.start());
        add(runner.parts().size());
        for (Path part : runner.parts()) {
            add(part);
        }
        add(runner.executable());
    }

    private void add(ImageSettings settings) {
        add(settings.from());
        add(settings.to());
        add(settings.forcePush());
        add(settings.tags());
        add(settings.platforms().size());
        for (Platform platform : settings.platforms()) {
            add(platform);
        }
        add(settings.container());
        add(settings.annotations());
        add(settings.layering());
        add(settings.maxLayers());
        add(settings.classes().name());
        add(settings.extraLayers().size());
        for (ExtraLayer layer : settings.extraLayers()) {
            add(layer);
        }
        add(settings.compression().algorithm());
        add(settings.compression().level());
        add(settings.format());
        add(Rfc3339.text(settings.created()));
        add(settings.cache().isPresent());
        if (settings.cache().isPresent()) {
            add(settings.cache().get().repository());
            // What remembers a request lies in target/, where no secret may be.
            add(Digest.sha256(settings.cache().get().key()));
        }
    }

    private void add(ContainerSettings container) {
        add(container.mainClass());
        add(container.jvmFlags());
        add(container.args());
        add(container.entrypoint());
        add(container.environment());
        add(container.labels());
        add(container.ports());
        add(container.volumes());
        add(container.user());
        add(container.workingDirectory());
        add(container.stopSignal());
        add(container.appRoot());
        add(container.healthcheck().isPresent());
        if (container.healthcheck().isPresent()) {
            Healthcheck check = container.healthcheck().get();
            add(check.command());
            add(check.interval());
            add(check.timeout());
            add(check.startPeriod());
            add(check.retries());
        }
    }

    private void add(ExtraLayer layer) {
        add(layer.name());
        add(layer.files().size());
        for (ExtraLayer.FileSet files : layer.files()) {
            add(files.from());
            add(files.into());
            add(files.includes());
            add(files.excludes());
            add(files.mode());
            add(files.directoryMode());
            add(files.uid());
            add(files.gid());
        }
        add(layer.links().size());
        for (ExtraLayer.Link link : layer.links()) {
            add(link.at());
            add(link.to());
        }
    }

    private void add(Collection<String> texts) {
        add(texts.size());
        for (String each : texts) {
            add(each);
        }
    }

    private void add(Map<String, String> texts) {
        add(texts.size());
        for (Map.Entry<String, String> each : texts.entrySet()) {
            add(each.getKey());
            add(each.getValue());
        }
    }

    private void add(Optional<?> value) {
        add(value.isPresent());
        if (value.isPresent()) {
            add(value.get());
        }
    }

    /** Anything whose text is all of it; the length goes first, so that no text can run into the next. */
    private void add(Object value) {
        String word = value instanceof Path path ? FileNames.key(path) : String.valueOf(value);
        text.append(word.length()).append(':').append(word).append('\n');
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.Store;
import io.jlayer.engine.EngineImages;
import io.jlayer.error.UserError;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Platform;
import io.jlayer.plan.ImageSettings;
import io.jlayer.project.Application;
import io.jlayer.transport.EngineChoice;
import io.jlayer.transport.EngineTarget;
import io.jlayer.transport.ImageUse;
import io.jlayer.transport.LoadName;
import io.jlayer.transport.NamedImage;
import io.jlayer.transport.ProjectOutput;
import io.jlayer.transport.Registries;
import io.jlayer.transport.TransportName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/** Loads images into the engine that answers here. */
public final class EngineLoad {

    private static final String WHERE = "<load>";
    private static final String NAMES = "<load><names>, or -Djlayer.load.names";

    private final Store store;
    private final EngineImages engine;
    private final List<String> wanted;

    /**
     * Looks for the engine, before anything is built for it.
     *
     * @param engine {@code docker}, {@code podman} or {@code containerd}; empty for the first that answers
     * @param names that the image is to have there; empty for its own
     * @throws UserError if none answers, or the names are none
     * @throws IOException if this thread was interrupted meanwhile
     */
    public EngineLoad(Store store, String engine, List<String> names) throws IOException {
        this.store = store;
        for (String name : names) {
            LoadName.parse(name, NAMES);
        }
        this.engine = EngineChoice.named(engine, store.blobs());
        this.wanted = names;
    }

    /**
     * What came of it.
     *
     * @param engine its name
     * @param names of the image there
     * @param digest of the image's manifest
     * @param wasThere whether the engine had it so
     * @param sent bytes, of {@code size} that the image has
     * @param run the command that runs it
     * @param foreign the platform of the image, where it is not the engine's; else empty
     */
    public record Done(
            String engine,
            List<String> names,
            String digest,
            boolean wasThere,
            long sent,
            long size,
            List<String> run,
            String foreign) {}

    /**
     * Loads the image of a project.
     *
     * @throws UserError if the engine refuses it
     */
    public Done load(ImageDocuments image, Application application, ImageSettings settings) throws IOException {
        return load(image, wanted.isEmpty() ? ProjectNames.of(application, settings) : named());
    }

    /**
     * Loads an image by its name.
     *
     * @param platforms which of those that it has; empty for the engine's
     * @param projects whose images are called like them
     * @throws UserError if there is none, or the engine refuses it
     */
    public Done load(
            String image,
            List<Platform> platforms,
            Path directory,
            List<ProjectOutput> projects,
            Registries registries,
            Consumer<String> warnings)
            throws IOException {
        if (platforms.size() > 1) {
            throw new UserError(
                    "an engine takes an image for one platform, and " + platforms.size() + " are named",
                    "<platforms>, or -Djlayer.platforms",
                    "name one of them");
        }
        List<Platform> chosen = platforms.isEmpty() ? List.of(platform()) : platforms;
        try (NamedImage named = NamedImage.open(image, chosen, store, directory, registries, warnings)) {
            List<LoadName> names = wanted.isEmpty()
                    ? List.of(LoadName.ofNamed(
                            TransportName.parse(image, ImageUse.NAMED.setting()),
                            directory,
                            named.annotations(),
                            projects))
                    : named();
            return load(named.documents(), names);
        }
    }

    private List<LoadName> named() {
        List<LoadName> names = new ArrayList<>();
        for (String name : wanted) {
            names.add(LoadName.parse(name, NAMES));
        }
        return names;
    }

    private Platform platform() throws IOException {
        try {
            return engine.platform();
        } catch (IOException e) {
            throw EngineTarget.refused(engine, WHERE, e);
        }
    }

    private Done load(ImageDocuments image, List<LoadName> names) throws IOException {
        Platform platform = platform();
        ImageDocuments one = EngineTarget.fitting(image, platform);
        ImageDocuments.Platformed part = one.platforms().get(0);
        LinkedHashSet<String> called = new LinkedHashSet<>();
        for (LoadName name : names) {
            called.add(engine.nameOf(name.image(), name.inRegistry()));
        }
        List<String> all = List.copyOf(called);
        try {
            EngineImages.Loaded loaded = engine.load(one, all);
            boolean fits = platform.fit(part.image().platform()) > 0;
            return new Done(
                    engine.name(),
                    all,
                    one.root().digest().toString(),
                    loaded.wasThere(),
                    loaded.bytes(),
                    one.size(),
                    engine.run(part.image(), all.get(0)),
                    fits ? "" : part.image().platform() + ", and " + engine.name() + " runs " + platform);
        } catch (IOException e) {
            throw EngineTarget.refused(engine, WHERE, e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.BuildReport;
import io.jlayer.build.BuildSummary;
import io.jlayer.build.LastBuild;
import io.jlayer.error.NoServerError;
import io.jlayer.error.UserError;
import io.jlayer.maven.ProjectReader;
import io.jlayer.plan.ImageSettings;
import io.jlayer.project.Application;
import io.jlayer.transport.Registries;
import java.io.IOException;
import java.util.Optional;

/**
 * The image of the project that a goal runs in. All goals that need it build it by this: what is there and up to date
 * costs next to nothing.
 */
final class ProjectImage {

    private final JlayerMojo goal;
    private final ProjectReader reader;
    private final Application application;
    private final ImageSettings settings;

    private ProjectImage(JlayerMojo goal, ProjectReader reader) throws IOException {
        this.goal = goal;
        this.reader = reader;
        this.application = reader.read(goal.javaHome());
        this.settings = new SettingsReader(goal).read();
    }

    /** Reads the project and its settings; empty, with the reason told, if it can have no image. */
    static Optional<ProjectImage> of(JlayerMojo goal) throws IOException {
        boolean holdsApplication = !goal.layering.equals(ImageSettings.NO_APPLICATION);
        ProjectReader reader =
                new ProjectReader(goal.project, goal.session, goal.execution, holdsApplication, goal.getLog()::warn);
        if (reader.hasNoImage()) {
            reader.checkMeant();
            goal.getLog().info(reader.whyNoImage());
            return Optional.empty();
        }
        return Optional.of(new ProjectImage(goal, reader));
    }

    Application application() {
        return application;
    }

    ImageSettings settings() {
        return settings;
    }

    /**
     * What came of a build.
     *
     * @param application what was built
     * @param report what it gave
     */
    record Built(Application application, BuildReport report) {}

    /** What is to be done with an image. */
    interface Way {
        BuildReport go(ApplicationImage image) throws IOException;
    }

    /** The last build's image, if building it again would change nothing. */
    Optional<BuildSummary> unchanged() throws IOException {
        return LastBuild.of(goal.storePlace(), application, settings).unchanged();
    }

    /** Builds the image; empty, with the reason told, if the project turns out to have none. */
    Optional<Built> build(Store store, Way way) throws IOException {
        Workbench bench = new Workbench(goal);
        try (Registries registries = bench.registries()) {
            ApplicationImage image = new ApplicationImage(
                    store, application, settings, registries, bench.warnings(), hint -> goal.getLog()
                            .info(hint));
            if (image.isLibraryAmongOthers(reader.isOneOfMany())) {
                goal.getLog().info("No image: there is no main class, so this module is taken for a library");
                return Optional.empty();
            }
            Optional<String> inherited = reader.inheritsMainClass() ? image.missingMainClass() : Optional.empty();
            if (inherited.isPresent()) {
                goal.getLog().info(reader.whyNoMainClass(inherited.get()));
                return Optional.empty();
            }
            return Optional.of(new Built(application, way.go(image)));
        } catch (UserError e) {
            // A type in the catch clause would be loaded with this class.
            if (e instanceof NoServerError && reader.mayBePassedOver()) {
                goal.getLog().info(reader.whyNoServer(settings.from()));
                return Optional.empty();
            }
            throw e;
        }
    }
}

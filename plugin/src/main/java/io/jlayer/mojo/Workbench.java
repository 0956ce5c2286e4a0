// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Store;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.http.Events;
import io.jlayer.transport.ProjectOutput;
import io.jlayer.transport.Registries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.project.MavenProject;

/** What a goal works with: the store, the image of the project, the way to registries. */
final class Workbench {

    private final JlayerMojo goal;

    Workbench(JlayerMojo goal) {
        this.goal = goal;
    }

    /**
     * The store, made if it is not there. The caller closes it: until then nothing is pruned that was used meanwhile.
     *
     * @throws UserError if it cannot be used
     */
    Store store() throws IOException {
        Path place = goal.storePlace();
        try {
            return Store.open(place);
        } catch (IOException e) {
            throw new UserError(
                    "the store " + place + " cannot be used: " + Reason.of(e),
                    "<store> or -Djlayer.store",
                    "name a directory that the user that runs Maven can write to, on a disk with space",
                    e);
        }
    }

    /**
     * Builds the image of this project; empty, with the reason told, if it has none.
     *
     * @throws UserError if there is no project
     */
    Optional<ProjectImage.Built> projectImage(Store at, ProjectImage.Way way) throws IOException {
        Optional<ProjectImage> image = projectImage();
        return image.isPresent() ? image.get().build(at, way) : Optional.empty();
    }

    /**
     * The image of this project, not built yet; empty, with the reason told, if it has none.
     *
     * @throws UserError if there is no project
     */
    Optional<ProjectImage> projectImage() throws IOException {
        if (goal.project.getFile() == null) {
            throw new UserError(
                    "there is no project here",
                    "",
                    "run the goal in a project, or name an image: jlayer:try by -Djlayer.try.image=oci-archive:FILE,"
                            + " others by -Djlayer.image=oci-archive:FILE");
        }
        return ProjectImage.of(goal);
    }

    /** Where the projects of this run of Maven are built; none where there is no project. */
    List<ProjectOutput> outputs() {
        List<ProjectOutput> outputs = new ArrayList<>();
        for (MavenProject project : goal.session.getProjects()) {
            if (project.getFile() != null) {
                Path directory = FileNames.of(project.getBuild().getDirectory());
                outputs.add(new ProjectOutput(directory.normalize(), project.getArtifactId()));
            }
        }
        return outputs;
    }

    /** The way to registries; the caller closes it. */
    Registries registries() {
        Events events = new LoggedEvents(goal);
        return new Registries(
                () -> new RegistrySettingsReader(goal, goal.decrypter, System.getenv(), events).read(),
                goal.session::isOffline,
                events,
                traffic -> TrafficLine.watch(traffic, goal));
    }

    /** Shows warnings in the log that the goal then has. */
    Consumer<String> warnings() {
        return warning -> goal.getLog().warn(warning);
    }
}

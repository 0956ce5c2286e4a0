// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Store;
import io.jlayer.build.ApplicationImage;
import io.jlayer.build.ImageSave;
import io.jlayer.report.ReportLines;
import io.jlayer.transport.Registries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code jlayer:save} does. */
final class SaveGoal {

    private final SaveMojo goal;
    private final Workbench bench;

    SaveGoal(SaveMojo goal) {
        this.goal = goal;
        this.bench = new Workbench(goal);
    }

    void run() throws IOException {
        try (Store store = bench.store()) {
            run(store);
        }
    }

    private void run(Store store) throws IOException {
        try (Registries registries = bench.registries()) {
            if (goal.image != null) {
                show(save(store, registries, "")
                        .save(goal.image, new SettingsReader(goal).namedPlatforms(), bench.outputs()));
                return;
            }
            Optional<ProjectImage> image = bench.projectImage();
            if (image.isEmpty()) {
                return;
            }
            Path own = image.get().application().output().resolve("image.tar");
            ImageSave save = save(store, registries, FileNames.text(own));
            Optional<ProjectImage.Built> built = image.get().build(store, ApplicationImage::buildHere);
            if (built.isPresent()) {
                show(save.save(
                        built.get().report().image(),
                        image.get().application(),
                        image.get().settings()));
            }
        }
    }

    private ImageSave save(Store store, Registries registries, String otherwise) {
        String file = goal.save.file.isBlank() ? otherwise : goal.save.file;
        return new ImageSave(store, goal.directory(), registries, bench.warnings(), file, goal.save.as);
    }

    private void show(ImageSave.Done done) {
        Path directory = goal.directory();
        Path file = done.file().startsWith(directory) ? directory.relativize(done.file()) : done.file();
        goal.getLog()
                .info("Saved " + (done.transport().equals("docker-archive") ? "image id " : "") + done.id() + " for "
                        + String.join(", ", done.platforms()) + " in " + done.transport() + ":" + FileNames.text(file)
                        + ", " + ReportLines.size(done.bytes()));
    }
}

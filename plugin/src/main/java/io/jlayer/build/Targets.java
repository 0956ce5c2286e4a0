// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileStates;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.local.JdkSource;
import io.jlayer.plan.ImageSettings;
import io.jlayer.project.Application;
import io.jlayer.registry.RegistryTarget;
import io.jlayer.transport.TransportName;
import io.jlayer.transport.Transports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an application's image goes: {@code target/jlayer}, and what the user names in {@code <to>}.
 *
 * @param application whose image it is
 * @param settings what the user said
 */
record Targets(Application application, ImageSettings settings) {

    /** The name of the first target; without targets the image's own, with its tag. */
    String reference() {
        return settings.to().isEmpty()
                ? ProjectNames.repository(application) + ":"
                        + settings.tagsOrDefault().get(0)
                : settings.to().get(0);
    }

    /**
     * The registries among the user's targets.
     *
     * @throws UserError if one of the targets is none
     */
    List<TransportName> registries() {
        List<TransportName> registries = named();
        registries.removeIf(target -> !target.isRegistry());
        return registries;
    }

    /** The user's own targets on this machine. */
    List<ImageTarget> archives(Transports transports) {
        List<ImageTarget> archives = new ArrayList<>();
        for (TransportName target : named()) {
            if (!target.isRegistry()) {
                archives.add(transports.target(
                        target,
                        "<to>" + target + "</to>",
                        ProjectNames.repository(application),
                        settings.tagsOrDefault(),
                        settings.platforms().size()));
            }
        }
        return archives;
    }

    /**
     * The registries, to be pushed to.
     *
     * @throws UserError if the image had better stay on this machine, and nobody said that it need not
     */
    List<RegistryTarget> pushes(Transports transports) {
        boolean madeHere =
                TransportName.parse(settings.from(), "<from>").transport().equals("jdk");
        if (madeHere) {
            checkMayLeave(
                    "an image on jdk: is for trying it on this machine: its C library and its Java are this machine's",
                    "<from>");
        }
        return registries().stream()
                .map(name -> transports.registryTarget(
                        name, name.reference().tag().isPresent() ? settings.tags() : settings.tagsOrDefault()))
                .toList();
    }

    /**
     * Looks at a base that is to be pushed with what is put on it.
     *
     * @throws UserError if it is itself an image on {@code jdk:}, wherever it was kept since, and nobody said that it may go
     */
    void checkMayLeave(Image base) {
        if (JdkSource.isBelow(base.config())) {
            checkMayLeave(
                    "the base is an image on jdk:, for trying it where it was built: its C library and its Java are that"
                            + " machine's",
                    "<from>" + settings.from() + "</from>");
        }
    }

    private void checkMayLeave(String reason, String where) {
        if (!registries().isEmpty() && !settings.forcePush()) {
            throw new UserError(
                    reason,
                    where,
                    "name a base that gets its updates, as <from>eclipse-temurin:21-jre</from>, or push all the same:"
                            + " -Djlayer.push.force=true");
        }
    }

    /** {@code target/jlayer/image}. */
    ImageTarget ownLayout(Store store) {
        return LayoutTarget.holding(layout(), store.blobs(), settings.tagsOrDefault());
    }

    /** How that layout, what tells of it, and the user's targets on this machine look, after a build of the image. */
    FileStates left(ImageDocuments image) throws IOException {
        FileStates left = LayoutTarget.states(layout(), image);
        left.look(application.output().resolve(ReportFiles.DIGEST));
        left.look(application.output().resolve(ReportFiles.ID));
        for (TransportName target : named()) {
            Path place = target.place(application.project()).path();
            if (target.transport().equals("oci")) {
                left.addAll(LayoutTarget.states(place, image));
            } else if (!target.isRegistry() && !target.isEngine()) {
                left.look(place);
            }
        }
        return left;
    }

    /** Whether what a build leaves is in files alone: what an engine has, nobody sees by a look. */
    boolean areFiles() {
        for (TransportName target : named()) {
            if (target.isEngine()) {
                return false;
            }
        }
        return true;
    }

    /** Where that layout is. */
    Path layout() {
        return application.output().resolve("image");
    }

    private List<TransportName> named() {
        List<TransportName> targets = new ArrayList<>();
        for (String to : settings.to()) {
            targets.add(TransportName.target(to));
        }
        return targets;
    }
}

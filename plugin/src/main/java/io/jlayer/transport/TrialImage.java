// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.ImageTarget;
import io.jlayer.layer.Layer;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.oci.Format;
import io.jlayer.oci.History;
import io.jlayer.oci.ImageConfig;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The image that a trial runs, and the image that may come of it. */
public final class TrialImage {

    private final Store store;
    private final FileDigests digests;
    private final Transports transports;
    private final ImageRemedies remedies;
    private final Path output;

    /** Images made of trials go below {@code directory} unless they are told elsewhere. */
    public TrialImage(Store store, Path directory, Registries registries, Consumer<String> warnings)
            throws IOException {
        this.store = store;
        this.remedies = ImageRemedies.forTrial(directory);
        this.output = directory.resolve("target/jlayer/commits");
        // Not what is remembered for builds of the project: saving drops all that was not asked for.
        this.digests = FileDigests.open(store, output);
        this.transports = new Transports(store, digests, directory, registries, warnings);
    }

    /**
     * Loads an image by its name, for this machine's processor.
     *
     * @throws UserError if there is none
     */
    public Image load(String name) {
        try {
            Image image = transports
                    .whole(transports.source(name, ImageUse.TRIAL, (platform, blobs) -> {
                        throw new IOException("jdk: is a base; there is no program in it to try");
                    }))
                    .load(Platform.HOST, store.blobs());
            digests.save();
            return image;
        } catch (IOException e) {
            throw new UserError(
                    "the image cannot be used: " + e.getMessage(), ImageUse.TRIAL.setting(), remedies.of(name, e), e);
        }
    }

    /**
     * The error of an image that was loaded and cannot be unpacked.
     *
     * @param name as the user wrote it; empty for the project's own, of which only the base can be broken
     * @throws IOException if the disk is full, which is no fault of the image's
     */
    public UserError unusable(Optional<String> name, IOException failure) throws IOException {
        String what = "the image cannot be used";
        if (name.isPresent()) {
            return remedies.unusable(what, ImageUse.TRIAL.setting(), name.get(), failure);
        }
        return remedies.unusableBase(what, failure);
    }

    /** Of the images of several platforms, the one that this machine can run. */
    public static Image ofThisMachine(ImageDocuments image) {
        return image.platforms().stream()
                .map(ImageDocuments.Platformed::image)
                .filter(one -> Platform.HOST.fit(one.platform()) > 0)
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "the image is for "
                                + image.platforms().stream()
                                        .map(one -> one.image().platform())
                                        .toList()
                                + ", and this machine runs " + Platform.HOST,
                        "<platforms>",
                        "add " + Platform.HOST));
    }

    /**
     * Looks at a name that {@link #commit} is to be given later.
     *
     * @throws UserError if nothing can be committed there
     */
    public static void checkCommit(String name) {
        target(name);
    }

    /** A target on this machine, or nothing for a plain name. */
    private static Optional<TransportName> target(String name) {
        if (name.indexOf(':') < 0 && name.indexOf('/') < 0) {
            if (!ImageRef.isTag(name)) {
                throw new UserError(
                        "'" + name + "' is no tag",
                        "<try><commit>",
                        "write at most 128 letters, digits, '_', '.' and '-', the first none of the last two, as"
                                + " my-trial-1; or a target, as oci:DIR:TAG");
            }
            return Optional.empty();
        }
        TransportName target = TransportName.parse(name, "<try><commit>");
        if (target.isRegistry()) {
            throw new UserError(
                    "what a trial wrote is not pushed to " + name,
                    "<try><commit>",
                    "commit it under a plain name, and copy it from there:"
                            + " skopeo copy oci:target/jlayer/commits:NAME docker://"
                            + (name.startsWith("docker://") ? name.substring("docker://".length()) : name));
        }
        return Optional.of(target);
    }

    /** What other tools wrote there that is no time must not cost what the trial wrote. */
    private static Optional<Instant> created(ImageConfig config) {
        try {
            return config.created();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts what a trial wrote on its image, as one more layer; its date stays the image's, so that the same writes give
     * the same image.
     *
     * @param name a target on this machine, as {@code oci-archive:FILE}, or a plain name: a tag in {@code target/jlayer/commits}
     * @return where it is
     */
    public String commit(Image image, Layer layer, String name) throws IOException {
        ImageConfig config = image.config();
        Image committed = image.append(layer, new History(created(config), "jlayer", "trial", false));
        ImageDocuments documents = ImageDocuments.of(List.of(committed), Format.OCI);
        Optional<TransportName> target = target(name);
        ImageTarget place = target.isPresent()
                ? transports.target(target.get(), "<try><commit>", "trial", List.of("latest"), 1)
                : LayoutTarget.among(output, store.blobs(), List.of(name));
        place.write(documents);
        return (target.isPresent() ? name : "oci:" + output + ":" + name) + " "
                + documents.root().digest();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import io.jlayer.image.ImageDocuments;
import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import io.jlayer.plan.ImageSettings;
import io.jlayer.project.Application;
import io.jlayer.transport.ImageUse;
import io.jlayer.transport.LoadName;
import io.jlayer.transport.LocalName;
import io.jlayer.transport.NamedImage;
import io.jlayer.transport.ProjectOutput;
import io.jlayer.transport.Registries;
import io.jlayer.transport.TransportName;
import io.jlayer.transport.Transports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes an image to one file. */
public final class ImageSave {

    private static final String FILE = "<save><file>, or -Djlayer.save.file";
    private static final String AS = "<save><as>, or -Djlayer.save.as";
    private static final List<String> KINDS = List.of("oci-archive", "docker-archive");

    private final Store store;
    private final Path directory;
    private final Registries registries;
    private final Consumer<String> warnings;
    private final TransportName target;

    /**
     * Knows where it will write.
     *
     * @param file the file, or a whole name of a target, as {@code docker-archive:app.tar:shop/app:1.0}; of a directory, one
     *     that is there or whose name ends in a slash, for a file in it that is called as the image is
     * @param as what it is to be; empty for what {@code file} says, else an {@code oci-archive}
     * @throws UserError if the two do not go together
     */
    public ImageSave(
            Store store, Path directory, Registries registries, Consumer<String> warnings, String file, String as) {
        this.store = store;
        this.directory = directory;
        this.registries = registries;
        this.warnings = warnings;
        this.target = target(file.strip(), as.strip());
        if (target.rest().equals(file.strip())) {
            checkIsFile(target, directory);
        }
        Path path = target.place(directory).path();
        if (isWithSlash() && Files.isRegularFile(path)) {
            throw new UserError(path + " is a file", FILE, "leave the slash out, or name a directory");
        }
    }

    /** What the user wrote, without the tag behind it. */
    private String path() {
        int tag = target.place(directory).name().map(name -> name.length() + 1).orElse(0);
        return target.rest().substring(0, target.rest().length() - tag);
    }

    private boolean isWithSlash() {
        return path().endsWith("/") || path().endsWith(File.separator);
    }

    /** The file, which in a directory has the image's name, as with {@code cp}. */
    private TransportName file(String name) {
        if (!isWithSlash() && !Files.isDirectory(target.place(directory).path())) {
            return target;
        }
        String path = path();
        return new TransportName(
                target.transport(),
                path + (isWithSlash() ? "" : "/") + name + ".tar"
                        + target.rest().substring(path.length()));
    }

    private static TransportName target(String file, String as) {
        if (!as.isEmpty() && !KINDS.contains(as)) {
            throw new UserError(
                    "an image cannot be saved as '" + as + "'",
                    AS,
                    Nearest.suggest(as, KINDS)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("write one of " + String.join(", ", KINDS)));
        } else if (file.isEmpty()) {
            throw new UserError("no file is named", FILE, "name one, as -Djlayer.save.file=app.tar");
        }
        int colon = file.indexOf(':');
        String transport = colon < 0 ? "" : file.substring(0, colon);
        if (KINDS.contains(transport)) {
            if (!as.isEmpty() && !as.equals(transport)) {
                throw new UserError("'" + file + "' is no " + as, AS, "leave one of the two out");
            }
            return TransportName.parse(file, FILE);
        } else if (TransportName.KNOWN.contains(transport)) {
            throw new UserError(
                    "'" + file + "' names no file",
                    FILE,
                    "name a file, as app.tar; for other places there is -Djlayer.to=" + file);
        }
        return new TransportName(as.isEmpty() ? KINDS.get(0) : as, file);
    }

    /**
     * Notices the name of an image in a registry, which would become a file of that name: what has a tag, or is in a
     * directory that is not there, and is not called as archives are. A colon in a path would be taken for that of a tag.
     */
    private static void checkIsFile(TransportName target, Path directory) {
        String file = target.rest();
        TransportName.Place place = target.place(directory);
        Path parent = place.path().toAbsolutePath().getParent();
        boolean tagged = place.name().isPresent();
        boolean inDirectory = parent != null && Files.isDirectory(parent) && !tagged;
        if (!inDirectory
                && isReference(file)
                && !LocalName.isArchive(String.valueOf(place.path().getFileName()))) {
            throw new UserError(
                    "'" + file + "' looks like the name of an image in a registry, and save writes a file",
                    FILE,
                    "name a file, as app.tar; to push there: mvn jlayer:push -Djlayer.to=" + file
                            + (tagged ? "" : "; if a file is meant, write ./" + file));
        } else if (tagged) {
            throw new UserError(
                    "'" + file + "' has a colon, and behind one stands a tag of the image, not more of a file's name",
                    FILE,
                    "name a file without a colon, or say that it is a tag: " + target.transport() + ":FILE:TAG");
        }
    }

    private static boolean isReference(String text) {
        try {
            ImageRef.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * What was written.
     *
     * @param transport what the file is
     * @param file where
     * @param bytes its length
     * @param id by which who reads the file knows the image: the digest of its manifest or index; in a docker-archive,
     *     which has none, that of its config
     * @param platforms that it is for
     */
    public record Done(String transport, Path file, long bytes, String id, List<String> platforms) {}

    /**
     * Saves the image of a project, for all its platforms.
     *
     * @throws UserError if it cannot be in such a file
     */
    public Done save(ImageDocuments image, Application application, ImageSettings settings) throws IOException {
        List<LoadName> names = ProjectNames.of(application, settings);
        ImageRef first = names.get(0).image();
        List<String> tags = new ArrayList<>();
        // In a layout each name is an image to others, who would have to be told which one to take.
        List<LoadName> written = target.transport().equals("docker-archive") ? names : names.subList(0, 1);
        for (LoadName name : written) {
            if (name.image().repository().equals(first.repository())) {
                tags.add(name.image().tag().orElseThrow());
            }
        }
        TransportName file = file(application.name() + "-" + application.version());
        String name = names.get(0).inRegistry() ? repository(first) : ProjectNames.repository(application);
        return write(image, file, name, tags);
    }

    private static String repository(ImageRef name) {
        return name.registry() + "/" + name.repository();
    }

    /**
     * Saves an image by its name, for some of its platforms; empty for this machine's.
     *
     * @param projects whose images are called like them
     * @throws UserError if there is none, or it cannot be in such a file
     */
    public Done save(String image, List<Platform> platforms, List<ProjectOutput> projects) throws IOException {
        List<Platform> chosen = platforms.isEmpty() ? List.of(Platform.HOST) : platforms;
        try (NamedImage named = NamedImage.open(image, chosen, store, directory, registries, warnings)) {
            TransportName parsed = TransportName.parse(image, ImageUse.NAMED.setting());
            ImageRef name = LoadName.ofNamed(parsed, directory, named.annotations(), projects)
                    .image();
            String tag = name.tag().orElse("latest");
            String last = name.repository().substring(name.repository().lastIndexOf('/') + 1);
            return write(named.documents(), file(last + "-" + tag), repository(name), List.of(tag));
        }
    }

    private Digest id(ImageDocuments image) {
        return target.transport().equals("docker-archive")
                ? image.platforms().get(0).manifest().config().digest()
                : image.root().digest();
    }

    private Done write(ImageDocuments image, TransportName to, String called, List<String> tags) throws IOException {
        Transports transports =
                new Transports(store, FileDigests.open(store, directory), directory, registries, warnings);
        transports.target(to, FILE, called, tags, image.platforms().size()).write(image);
        Path file = to.place(directory).path();
        List<String> platforms = image.platforms().stream()
                .map(part -> part.image().platform().toString())
                .toList();
        return new Done(to.transport(), file, Files.size(file), id(image).toString(), platforms);
    }
}

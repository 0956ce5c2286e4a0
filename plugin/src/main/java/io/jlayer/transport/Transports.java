// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.FileNames;
import io.jlayer.blob.Store;
import io.jlayer.engine.EngineSource;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.image.ImageSource;
import io.jlayer.image.ImageTarget;
import io.jlayer.image.RawImage;
import io.jlayer.layer.Layer;
import io.jlayer.layout.ArchiveUnlessThere;
import io.jlayer.layout.DockerArchiveSource;
import io.jlayer.layout.DockerArchiveTarget;
import io.jlayer.layout.KnownArchive;
import io.jlayer.layout.LayoutArchiveTarget;
import io.jlayer.layout.LayoutSource;
import io.jlayer.layout.LayoutTarget;
import io.jlayer.local.RootfsSource;
import io.jlayer.local.ScratchSource;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import io.jlayer.registry.RegistrySource;
import io.jlayer.registry.RegistryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The transports, one line each: what a name in {@code <from>}, {@code <to>} or {@code -Djlayer.image} stands for. */
public final class Transports {

    private final Store store;
    private final FileDigests digests;
    private final Path directory;
    private final Registries registries;
    private final Consumer<String> warnings;

    /** Relative paths are read from {@code directory}. */
    public Transports(
            Store store, FileDigests digests, Path directory, Registries registries, Consumer<String> warnings) {
        this.registries = registries;
        this.store = store;
        this.digests = digests;
        this.directory = directory;
        this.warnings = warnings;
    }

    /**
     * Where an image comes from.
     *
     * @param use what for
     * @param jdk makes {@code jdk:}, which depends on the application
     * @throws UserError if that is no source
     */
    public ImageSource source(String image, ImageUse use, ImageSource jdk) {
        TransportName name = TransportName.parse(image, use.setting());
        new LocalName(directory).check(image, name, use.setting());
        return switch (name.transport()) {
            case "scratch" -> new ScratchSource();
            case "jdk" -> jdk;
            case "rootfs" -> new RootfsSource(FileNames.resolve(directory, name.rest()), store, digests, warnings);
            case "oci" -> layout(name);
            case "oci-archive" -> KnownArchive.of(layout(name), digests);
            case "docker-archive" -> KnownArchive.of(dockerArchive(name), digests);
            case "docker-daemon", "containers-storage" -> {
                EngineSource engine = engine(name, use.setting());
                yield (platform, blobs) -> {
                    try {
                        return engine.load(platform, blobs);
                    } catch (IOException e) {
                        throw EngineRemedies.of(name, use, e);
                    }
                };
            }
            case TransportName.REGISTRY -> new RegistryBase(registry(name), name, use, registries);
            default -> throw unsupported(name, use.setting());
        };
    }

    /** The same source, but all layers are here and seen to be sound once an image is loaded. */
    public ImageSource whole(ImageSource source) {
        if (source instanceof RegistryBase base) {
            return base.whole();
        }
        return (platform, blobs) -> {
            Image image = source.load(platform, blobs);
            for (Layer layer : image.lowestFirst()) {
                blobs.put(layer.descriptor(), layer.blob());
            }
            return image;
        };
    }

    /**
     * Where an image goes on this machine, under its tags.
     *
     * @param where it was set, for errors
     * @param called what it is called where a tag alone is no name
     * @param platforms how many it is for
     * @throws UserError if nothing can be written there
     */
    public ImageTarget target(TransportName name, String where, String called, List<String> tags, int platforms) {
        if (name.isEngine()) {
            return new EngineTarget(EngineChoice.of(name, store.blobs()), LoadName.of(name.rest(), tags, where), where);
        }
        TransportName.Place place = name.place(directory);
        List<String> names = place.name().map(List::of).orElse(tags);
        checkWritable(name, where, place.path(), platforms);
        return switch (name.transport()) {
            case "oci" -> LayoutTarget.among(place.path(), store.blobs(), names);
            case "oci-archive" ->
                new ArchiveUnlessThere(new LayoutArchiveTarget(place.path(), names, store.blobs()), store);
            case "docker-archive" -> {
                List<String> references = references(where, place.name().orElse(called), tags);
                yield new ArchiveUnlessThere(new DockerArchiveTarget(place.path(), references, store.blobs()), store);
            }
            default -> throw unsupported(name, where);
        };
    }

    /** The full names that an engine calls the image by once it is loaded; it takes none without a tag. */
    private static List<String> references(String where, String image, List<String> tags) {
        String lower = image.toLowerCase(Locale.ROOT);
        try {
            boolean tagged = ImageRef.parse(lower).tag().isPresent();
            return tagged
                    ? List.of(lower)
                    : tags.stream().map(tag -> lower + ":" + tag).toList();
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    e.getMessage(), where, "say what the image is to be called: docker-archive:FILE:shop/app:1.0", e);
        }
    }

    /** What can be told before anything is built. */
    private static void checkWritable(TransportName name, String where, Path path, int platforms) {
        String transport = name.transport();
        boolean archive = transport.endsWith("-archive");
        if (transport.equals("docker-archive") && platforms > 1) {
            throw new UserError(
                    "a docker-archive holds an image for one platform, and this is for " + platforms,
                    where,
                    "use oci-archive:FILE");
        } else if (archive && (Files.isDirectory(path) || name.rest().endsWith("/"))) {
            throw new UserError(path + " is a directory", where, "name a file, or use oci:DIRECTORY");
        } else if (transport.equals("oci") && Files.exists(path) && !Files.isDirectory(path)) {
            throw new UserError(path + " is no directory", where, "name a directory, or use oci-archive:FILE");
        }
    }

    /**
     * Where an image goes in a registry, under its own tag and these.
     *
     * @throws UserError if the name has a digest
     */
    public RegistryTarget registryTarget(TransportName name, List<String> tags) {
        try {
            return registries.client().target(name.reference(), tags);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "<to>", "give the image a tag there, as :1.0, or none", e);
        }
    }

    /**
     * Opens an image as it lies where it is, to be looked into; the caller closes it.
     *
     * @param where its name was set
     * @throws UserError if what is named is not kept as an image
     */
    public RawImage open(String image, String where) throws IOException {
        return open(image, where, List.of());
    }

    /** The same, wanted for some platforms, where there is a choice what to fetch. */
    RawImage open(String image, String where, List<Platform> platforms) throws IOException {
        TransportName name = TransportName.parse(image, where);
        new LocalName(directory).check(image, name, where);
        return switch (name.transport()) {
            case "oci", "oci-archive" -> layout(name).open();
            case "docker-archive" -> dockerArchive(name).open();
            case "docker-daemon", "containers-storage" -> {
                try {
                    yield engine(name, where).open(platforms);
                } catch (IOException e) {
                    throw EngineRemedies.of(name, where, e);
                }
            }
            case TransportName.REGISTRY -> registry(name).open(store.blobs());
            default -> throw unsupported(name, where);
        };
    }

    private LayoutSource layout(TransportName name) {
        TransportName.Place place = name.place(directory);
        return new LayoutSource(place.path(), name.transport().equals("oci-archive"), place.name(), store);
    }

    private DockerArchiveSource dockerArchive(TransportName name) {
        TransportName.Place place = name.place(directory);
        return new DockerArchiveSource(place.path(), place.name(), store);
    }

    private EngineSource engine(TransportName name, String where) {
        return new EngineSource(name.engine(), name.engineName(where), store, registries::isOffline, warnings);
    }

    private RegistrySource registry(TransportName name) {
        return registries.client().source(name.reference(), store.records("resolutions-v1"), warnings);
    }

    private static UserError unsupported(TransportName name, String where) {
        return new UserError(
                name + " cannot be used here", where, "name an image in a layout or an archive, as oci:DIRECTORY");
    }
}

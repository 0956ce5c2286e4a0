// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.DraftFile;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageLoader;
import io.jlayer.image.ImageSource;
import io.jlayer.image.RawImage;
import io.jlayer.image.StoredImage;
import io.jlayer.image.UnservedPlatformException;
import io.jlayer.layout.SavedImage;
import io.jlayer.oci.DiffId;
import io.jlayer.oci.Digest;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.HostCommand;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * An image that docker or podman keeps for itself, read through its program. The engine is asked for the image's id each
 * time, and for the image only where the store does not have all of what came of that id. A name that is pinned is not asked
 * for again, unless what it was serves another platform.
 */
public final class EngineSource implements ImageSource {

    /** What docker and podman say of an image that they do not have; others are quoted. */
    private static final Pattern SAYS_SO = Pattern.compile("(?i)no such image|image not known");

    private final EngineProgram program;
    private final EngineName name;
    private final Store store;
    private final EngineMemory memory;
    private final BooleanSupplier offline;
    private final Consumer<String> warnings;
    private Optional<SavedImage.Kept> kept = Optional.empty();
    private boolean asked;
    private boolean saved;

    /**
     * An image of an engine.
     *
     * @param program its name on the PATH, or its absolute path
     * @param store takes the image
     * @param offline whether no other machine may be asked
     */
    public EngineSource(
            String program, EngineName name, Store store, BooleanSupplier offline, Consumer<String> warnings) {
        this.program = new EngineProgram(program);
        this.name = name;
        this.store = store;
        this.memory = new EngineMemory(this.program.name(), store);
        this.offline = offline;
        this.warnings = warnings;
    }

    /** What is said of an image: its id, and what its layers hold. */
    private record Answer(Digest id, List<DiffId> diffIds) {}

    /**
     * @throws EngineException if the engine does not give the image, with the reason
     */
    @Override
    public Image load(Platform platform, BlobStore blobs) throws IOException {
        RawImage raw = open(List.of(platform));
        return new ImageLoader(raw.blobs(), blobs).load(raw.root(), platform);
    }

    /**
     * The image with all that the engine has of it, for one platform or several; it lies in the store.
     *
     * @param wanted the platforms that it is needed for
     * @throws EngineException if the engine does not give the image, with the reason
     */
    public synchronized RawImage open(List<Platform> wanted) throws IOException {
        if (kept.isEmpty() || (!asked && name.id().isEmpty() && !serves(kept.get(), wanted))) {
            kept = Optional.of(find(wanted));
        }
        if (!saved && !kept.get().whole() && !serves(kept.get(), wanted) && !isOutOfReach()) {
            kept = Optional.of(save(ask())); // it may have got more since
        }
        return new StoredImage(kept.get().root(), store.blobs());
    }

    private boolean serves(SavedImage.Kept image, List<Platform> wanted) throws IOException {
        ImageLoader loader = new ImageLoader(store.blobs(), store.blobs());
        try {
            for (Platform platform : wanted) {
                loader.find(image.root(), platform);
            }
            return true;
        } catch (UnservedPlatformException e) {
            return false;
        }
    }

    /** Whether nobody may be asked where the engine is. */
    private boolean isOutOfReach() throws InterruptedIOException {
        return offline.getAsBoolean() && place().isOverNetwork(hasContexts());
    }

    private EnginePlace place() {
        return new EnginePlace(program::ask, System.getenv());
    }

    private boolean hasContexts() {
        return !program.name().equals("podman");
    }

    private String address() throws InterruptedIOException {
        return place().address(hasContexts()).orElse("");
    }

    private SavedImage.Kept find(List<Platform> wanted) throws IOException {
        Optional<SavedImage.Kept> pinned = name.isPinned() ? remembered(memory.id(name)) : Optional.empty();
        // An engine that keeps no indexes has another id under the digest of one for each platform that was pulled.
        if (pinned.isPresent() && (name.id().isPresent() || serves(pinned.get(), wanted))) {
            return pinned.get();
        }
        asked = true;
        if (isOutOfReach()) {
            return pinned.isPresent() ? pinned.get() : readThere();
        }
        Answer answer;
        try {
            answer = ask();
        } catch (EngineException e) {
            return insteadOf(e);
        }
        memory.remember(name, answer.id(), this::address);
        Optional<SavedImage.Kept> known = memory.image(answer.id());
        return known.isPresent() ? known.get() : save(answer);
    }

    private SavedImage.Kept readThere() throws IOException {
        SavedImage.Kept image = remembered(memory.id(name, address())).orElseThrow(this::neverRead);
        if (!name.isPinned()) {
            warnings.accept("offline, and the images of " + program.name() + " are on another machine; " + name.text()
                    + " is what it was there before");
        }
        return image;
    }

    private EngineException neverRead() {
        return new EngineException(
                EngineException.Kind.OFFLINE,
                "offline, and the images of " + program.name() + " are on another machine; none of this name was read"
                        + " before",
                null);
    }

    /** What was read before, where Maven is offline and only the engine is missing; it may have been stopped with the rest. */
    private SavedImage.Kept insteadOf(EngineException failure) throws IOException {
        boolean missing = failure.kind() != EngineException.Kind.NO_IMAGE;
        boolean gone = failure.kind() == EngineException.Kind.NOT_INSTALLED; // and cannot say where it was
        Optional<SavedImage.Kept> earlier = missing && offline.getAsBoolean()
                ? remembered(gone ? memory.id(name) : memory.id(name, address()))
                : Optional.empty();
        if (earlier.isEmpty()) {
            throw failure;
        }
        warnings.accept(failure.getMessage() + "; offline, " + name.text() + " is what it was before");
        return earlier.get();
    }

    private Optional<SavedImage.Kept> remembered(Optional<Digest> meaning) throws IOException {
        Optional<Digest> id = name.id().or(() -> meaning);
        return id.isPresent() ? memory.image(id.get()) : Optional.empty();
    }

    private Answer ask() throws IOException {
        if (program.place().isEmpty()) {
            throw new EngineException(EngineException.Kind.NOT_INSTALLED, program.name() + " is not installed", null);
        }
        String said;
        try {
            said = program.ask("image", "inspect", "--format", "{{.Id}}{{range .RootFS.Layers}} {{.}}{{end}}", asked());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw refused(e);
        }
        try {
            String[] words = said.strip().split(" ", -1);
            List<DiffId> diffIds = new ArrayList<>();
            for (int i = 1; i < words.length; i++) {
                diffIds.add(DiffId.parse(words[i]));
            }
            return new Answer(Digest.parse(words[0].contains(":") ? words[0] : "sha256:" + words[0]), diffIds);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    program.name() + " says of " + name.text() + " what cannot be understood: " + said, e);
        }
    }

    /** Podman knows the beginning of an id only without the algorithm in front. */
    private String asked() throws InterruptedIOException {
        boolean podmans = name.isBeginningOfId() && new EngineKind(program).isPodman();
        return podmans ? name.text().substring(name.text().indexOf(':') + 1) : name.text();
    }

    /** Engines have no common words for what they lack, but one that does not answer answers no other question either. */
    private EngineException refused(IOException failure) throws InterruptedIOException {
        try {
            new DockerImages(program.path(), store.blobs()).platform();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException silence) {
            return new EngineException(
                    EngineException.Kind.NO_ANSWER, program.name() + " does not answer: " + plain(silence), failure);
        }
        String said = plain(failure);
        String more = SAYS_SO.matcher(said).find() ? "" : ": " + said;
        return new EngineException(
                EngineException.Kind.NO_IMAGE, program.name() + " has no image " + name.text() + more, failure);
    }

    /** Without whose words it is, which is said already. */
    private String plain(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        String prefix = "run " + program.name() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    private SavedImage.Kept save(Answer answer) throws IOException {
        try (DraftFile draft = store.draftFile("engine-")) {
            HostCommand.printAsUser(saving(answer.id()), draft.path());
            SavedImage.Kept image = new SavedImage(draft.path(), answer.id(), answer.diffIds(), store).keep();
            memory.remember(answer.id(), image);
            saved = true;
            return image;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("read " + name.text() + " from " + program.name() + ": " + plain(e), e);
        }
    }

    /** By its id, since its name may move meanwhile. */
    private List<String> saving(Digest id) throws IOException {
        if (!new EngineKind(program).isPodman()) {
            return program.command("save", id.toString());
        }
        // Each of podman's forms keeps the config's bytes, and so the id, only of images that are written in its words.
        String type = program.ask("image", "inspect", "--format", "{{.ManifestType}}", id.hex());
        if (!type.contains("oci")) {
            return program.command("save", "--format", "docker-archive", id.hex());
        }
        List<String> words = program.command("save", "--format", "oci-archive", id.hex());
        if (program.tryAsk("save", "--help").orElse("").contains("--uncompressed")) {
            words.add(words.size() - 1, "--uncompressed");
        }
        return words;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.DraftName;
import io.jlayer.blob.ProcessLock;
import io.jlayer.blob.StoreUsers;
import io.jlayer.image.Concurrently;
import io.jlayer.layer.Layer;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.ChainId;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.OciJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The unpacked layers of a user, each unpacked once and then shared by all images and trials.
 *
 * <pre>
 * OWNERSHIP/HEX/fs            the files, named by diffID
 * OWNERSHIP/chain-HEX/fs      the same of a layer with hard links to files below it, which has another form on other bases
 * OWNERSHIP/…/meta.json       what the files alone do not say
 * OWNERSHIP/…/boot.json       since which start of the machine they are there
 * OWNERSHIP/….lock            held while the layer is unpacked
 * OWNERSHIP/….draft           a layer that is not whole yet
 * </pre>
 *
 * <p>Safe for many threads and processes: a layer is unpacked under a lock, checked against its diffID on the way, and
 * renamed when whole. Nobody waits until the disk has a tree, so it is not trusted any more once this machine was started
 * anew: a power loss could have left its names without its bytes. For its owner alone (0700), since an image may hold files
 * that run as their owner.
 */
public final class LayerDirectories {

    /** A use of a layer is noted here, since a layer's own files may be another's. */
    static final String META = "meta.json";

    /** Not in {@link #META}, of which reading would be a use. */
    private static final String BOOT = "boot.json";

    /** How the name of a layer's lock ends. */
    static final String LOCK = ".lock";

    private final Path root;
    private final Ownership ownership;
    private final StoreUsers users;

    /** Keeps layers in {@code root}, which is made if it is not there. */
    public LayerDirectories(Path root, Ownership ownership) throws IOException {
        this.ownership = ownership;
        this.root = root.resolve(ownership.name());
        Path store = root.toAbsolutePath().getParent();
        Files.createDirectories(store);
        this.users = StoreUsers.of(store);
        for (Path directory : List.of(root, this.root)) {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        }
    }

    /** Fills a layer that is not made of a tar. */
    public interface Filling {
        void fill(TopLayer layer) throws IOException;
    }

    /** A layer that is equal for all images, made once under {@code key}, which must be another when it changes. */
    public LayerDirectory shared(String key, Filling filling) throws IOException {
        return whole(key, draft -> {
            TopLayer layer = new TopLayer(new RootFs(List.of(), ownership), draft.resolve("fs"));
            filling.fill(layer);
            return layer.finish().implied();
        });
    }

    /** The stack of these layers; those that are not there yet are unpacked first, as many at once as there are processors. */
    public RootFs rootFs(List<Layer> lowestFirst) throws IOException {
        List<Optional<LayerDirectory>> alone = Concurrently.call(lowestFirst, this::alone);
        List<LayerDirectory> stack = new ArrayList<>();
        for (int i = 0; i < lowestFirst.size(); i++) {
            if (alone.get(i).isPresent()) {
                stack.add(alone.get(i).get());
            } else {
                RootFs below = new RootFs(stack, ownership);
                stack.add(onTop(lowestFirst.subList(0, i + 1), below));
            }
        }
        return new RootFs(stack, ownership);
    }

    /** The layer as it is on every base; empty if it has links to what lies below. */
    private Optional<LayerDirectory> alone(Layer layer) throws IOException {
        String key = layer.diffId().digest().hex();
        Path marker = root.resolve(key + ".links");
        if (Files.exists(marker)) {
            return Optional.empty();
        }
        try {
            return Optional.of(unpacked(layer, key, Optional.empty()));
        } catch (LinkBelowException e) {
            Files.write(marker, new byte[0]);
            return Optional.empty();
        }
    }

    private LayerDirectory onTop(List<Layer> lowestFirst, RootFs below) throws IOException {
        ChainId chain = ChainId.of(lowestFirst.stream().map(Layer::diffId).toList());
        Layer layer = lowestFirst.get(lowestFirst.size() - 1);
        return unpacked(layer, "chain-" + chain.digest().hex(), Optional.of(below));
    }

    /** What makes a layer in a draft, and tells which directories it has no entry for. */
    private interface Making {
        SortedSet<LayerPath> in(Path draft) throws IOException;
    }

    private LayerDirectory unpacked(Layer layer, String key, Optional<RootFs> below) throws IOException {
        return whole(key, draft -> {
            try {
                return LayerUnpacker.unpack(layer, Files.createDirectory(draft.resolve("fs")), ownership, below);
            } catch (LinkBelowException e) {
                throw e;
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                throw new UnpackException(
                        "unpack layer " + layer.diffId() + " into " + root + ": " + e.getMessage(), e);
            }
        });
    }

    private LayerDirectory whole(String key, Making making) throws IOException {
        Path whole = root.resolve(key);
        Optional<LayerDirectory> there = find(whole);
        if (there.isPresent()) {
            return there.get();
        }
        try (ProcessLock lock = ProcessLock.take(root.resolve(key + LOCK))) {
            there = find(whole);
            if (there.isPresent()) {
                return there.get();
            }
            make(lock.isShared() ? root.resolve(key + ".draft") : DraftName.beside(whole), whole, making);
            return find(whole).orElseThrow(() -> new IOException(whole + " was removed just now"));
        }
    }

    /** A tree that is there and can be trusted. */
    private Optional<LayerDirectory> find(Path whole) throws IOException {
        JsonObject meta;
        try {
            if (!Boot.THIS.trusts(Boot.from(read(whole.resolve(BOOT)))) || !users.noteUse(whole.resolve(META))) {
                return Optional.empty();
            }
            meta = read(whole.resolve(META));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        SortedSet<LayerPath> implied = new TreeSet<>();
        meta.texts("implied").forEach(path -> implied.add(LayerPath.normal(path)));
        return Optional.of(new LayerDirectory(whole.resolve("fs"), implied));
    }

    private static JsonObject read(Path file) throws IOException {
        return OciJson.parse(Files.readAllBytes(file));
    }

    /** What is there in part, or cannot be trusted here; a machine that trusts it, and uses it now, keeps it so. */
    private static boolean moveAway(Path whole, Path old) throws IOException {
        try {
            Files.move(whole, old, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void make(Path draft, Path whole, Making making) throws IOException {
        TreeRemoval.remove(draft, ownership); // of one who was killed
        Files.createDirectory(draft);
        try {
            SortedSet<LayerPath> implied = making.in(draft);
            JsonObject meta = JsonObject.EMPTY.with(
                    "implied", implied.stream().map(LayerPath::value).toList());
            Files.write(draft.resolve(META), meta.toString().getBytes(UTF_8));
            Files.write(draft.resolve(BOOT), Boot.THIS.toJson().toString().getBytes(UTF_8));
            users.noteUse(draft.resolve(META));
            if (find(whole).isPresent()) { // where there are no locks, somebody may have been quicker
                TreeRemoval.remove(draft, ownership);
                return;
            }
            Path old = DraftName.beside(whole);
            boolean replaces = moveAway(whole, old);
            Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
            if (replaces && !users.mayUse(old.resolve(META))) {
                TreeRemoval.remove(old, ownership); // else pruning does
            }
        } catch (IOException e) {
            TreeRemoval.remove(draft, ownership);
            throw e;
        }
    }
}

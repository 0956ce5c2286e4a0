// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.ProcessLock;
import io.jlayer.image.Image;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.Ownership;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The trials of a user: those that run, and those that were kept.
 *
 * <pre>
 * layers/         unpacked layers, see {@link io.jlayer.overlay.LayerDirectories}
 * trials/NAME/    one trial
 * trials/lock     held while a trial is begun or removed
 * </pre>
 *
 * <p>Safe for many threads and processes. What a trial left behind that was killed is removed when the next one begins.
 */
public final class Trials {

    /** In a record: a command to run when the last trial ends whose record has it. */
    static final String UNLOAD = "unload";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,62}");

    private final StoredTrials stored;
    private final Path layers;
    private final Path root;
    private final BlobStore blobs;
    private final List<ContainerEngine> engines;

    /**
     * The trials in a store.
     *
     * @param store the store's directory
     * @param blobs where layers go that trials are made to
     * @param engines what runs trials, in this order, if this machine gives them no namespaces
     */
    public Trials(Path store, BlobStore blobs, List<ContainerEngine> engines) throws IOException {
        this.engines = List.copyOf(engines);
        this.stored = new StoredTrials(store);
        this.layers = stored.layers();
        this.root = Files.createDirectories(
                store.toAbsolutePath().resolve("trials"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        this.blobs = blobs;
    }

    /**
     * Gives {@code name} back if a trial may be called so.
     *
     * @throws IllegalArgumentException if not
     */
    public static String checkName(String name) {
        if (!NAME.matcher(name).matches() || name.equals("lock")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a trial: small letters, digits, '.', '_' and '-'");
        }
        return name;
    }

    /**
     * Runs a trial to its end, in this thread.
     *
     * @throws TrialException if it cannot be as it was asked for
     * @throws IOException if it cannot be started; what to do is said
     */
    public TrialResult run(Image image, TrialSpec spec, Streams streams) throws IOException {
        if (spec.probe().isPresent() && spec.probe().get().isTaken()) {
            throw new TrialException(
                    "something listens at " + spec.probe().get().place()
                            + " already, and the probe would take its answer for the program's",
                    "probe",
                    "end it, or let the program and the probe use another port");
        }
        List<String> reasons = new ArrayList<>();
        if (spec.engine() != Engine.DOCKER && spec.engine() != Engine.COPY) {
            Optional<Access> access = namespaces(spec.engine(), reasons);
            if (access.isPresent()) {
                HostPorts.here().check(spec.publish());
                return new Trial(this, image, spec, streams).run(access.get());
            }
        }
        if (spec.engine() == Engine.AUTO || spec.engine() == Engine.DOCKER) {
            for (ContainerEngine engine : engines) {
                try {
                    engine.check();
                } catch (InterruptedIOException e) {
                    throw e;
                } catch (IOException e) {
                    reasons.add(engine.name() + ": " + e.getMessage());
                    continue;
                }
                if (spec.engine() == Engine.AUTO && spec.isKept()) {
                    reasons.add(engine.name() + ": it cannot keep a writable layer or go on with one"
                            + " (-Djlayer.try.commit=NAME makes an image of it instead)");
                    continue;
                }
                return new EngineTrial(this, engine, image, spec, streams).run();
            }
        }
        if (spec.engine() == Engine.AUTO || spec.engine() == Engine.COPY) {
            Optional<Access> access = copy(spec, reasons);
            if (access.isPresent()) {
                return new Trial(this, image, spec, streams).run(access.get());
            }
        }
        throw new NoAccessException(reasons);
    }

    private Optional<Access> namespaces(Engine wanted, List<String> reasons) throws IOException {
        try {
            return Optional.of(access(wanted));
        } catch (NoAccessException e) {
            reasons.addAll(e.reasons());
            return Optional.empty();
        }
    }

    private static Optional<Access> copy(TrialSpec spec, List<String> reasons) throws InterruptedIOException {
        try {
            return Optional.of(AccessLadder.copy(spec));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            reasons.add("copy: " + e.getMessage());
            return Optional.empty();
        }
    }

    Path layers() {
        return layers;
    }

    BlobStore blobs() {
        return blobs;
    }

    /**
     * A directory for a new trial, or that of one to go on with.
     *
     * @param form {@linkplain Access#form how} what is written lies there
     * @param warnings takes what is to be said of trials that were killed
     */
    TrialDirectory begin(TrialSpec spec, Ownership ownership, String form, Consumer<String> warnings)
            throws IOException {
        try (AbandonedTrials abandoned = new AbandonedTrials(root, ownership, warnings)) {
            abandoned.putAway();
            if (spec.resume().isPresent()) {
                return resumed(spec.resume().get(), ownership, form);
            }
            Path path = root.resolve(spec.keep().orElseGet(this::newName));
            if (Files.exists(path)) {
                String name = path.getFileName().toString();
                throw new TrialException(
                        "keep trial '" + name + "': there is one of that name",
                        "keep",
                        "go on with it by -Djlayer.try.resume=" + name
                                + ", remove it by mvn jlayer:trials -Djlayer.remove=" + name
                                + ", or take another name");
            }
            Files.createDirectory(path);
            return TrialDirectory.hold(path);
        }
    }

    /** Writes a record before any other trial ends, so that nothing is unloaded that this one is about to use. */
    void record(TrialDirectory directory, JsonObject record) throws IOException {
        ProcessLock lock = ProcessLock.take(root.resolve("lock"));
        try {
            directory.writeRecord(record);
        } finally {
            lock.close();
        }
    }

    /** Removes a trial that has ended, and what only it had loaded. */
    void end(TrialDirectory directory, Ownership ownership) throws IOException {
        try (AbandonedTrials abandoned = new AbandonedTrials(root, ownership, warning -> {})) {
            abandoned.putAway(directory);
        }
        directory.delete(ownership);
    }

    private TrialDirectory resumed(String name, Ownership ownership, String form) throws IOException {
        TrialDirectory directory = hold(name, "resume");
        try {
            prepareAgain(directory, ownership, form);
            return directory;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static void prepareAgain(TrialDirectory directory, Ownership ownership, String form) throws IOException {
        String before =
                TrialDirectory.record(directory.path()).text("ownership").orElse("");
        if (!before.equals(form)) {
            throw new TrialException(
                    "resume trial '" + directory.name() + "': what it wrote is kept in the form '" + before
                            + "', and this run would need the form '" + form + "'",
                    "resume",
                    before.equals("copy")
                            ? "go on with it by -Djlayer.try.engine=copy"
                            : "go on with it as the user who started it, on a machine that is set up alike");
        }
        directory.endRemains(Patience.of(AbandonedTrials.LIMIT));
        directory.clear(ownership);
    }

    private TrialDirectory hold(String name, String what) throws IOException {
        Path path = root.resolve(checkName(name));
        if (!Files.isDirectory(path)) {
            List<String> kept = TrialDirectory.all(root).stream()
                    .filter(Trials::isKept)
                    .map(other -> String.valueOf(other.getFileName()))
                    .toList();
            throw new TrialException(
                    what + " trial '" + name + "': there is none of that name",
                    what,
                    kept.isEmpty()
                            ? what.equals("remove")
                                    ? "none is kept now"
                                    : "keep one first, by -Djlayer.try.keep=NAME; none is kept now"
                            : "name one that was kept: " + String.join(", ", kept));
        }
        return TrialDirectory.tryHold(path)
                .orElseThrow(() -> new TrialException(
                        what + " trial '" + name + "': it is running",
                        what,
                        "end it first: its process is told by mvn jlayer:trials"));
    }

    private static boolean isKept(Path trial) {
        try {
            return TrialDirectory.record(trial).flag("kept").orElse(false);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** A name that is free as long as the lock is held. */
    private String newName() {
        while (true) {
            // An eighth digit always, so that all are of one length.
            String name = "t-" + Integer.toHexString(ThreadLocalRandom.current().nextInt() | 1 << 31);
            if (!Files.exists(root.resolve(name))) {
                return name;
            }
        }
    }

    /** The trials that run or were kept, oldest first. */
    public List<TrialRecord> list() throws IOException {
        return stored.list();
    }

    /**
     * Removes a kept trial and what it wrote.
     *
     * @throws IOException if there is none of that name, or it runs
     */
    public void remove(String name) throws IOException {
        Ownership ownership = stored.ownership();
        try (TrialDirectory directory = putAway(name, ownership)) {
            directory.delete(ownership);
        }
    }

    private TrialDirectory putAway(String name, Ownership ownership) throws IOException {
        try (AbandonedTrials abandoned = new AbandonedTrials(root, ownership, warning -> {})) {
            TrialDirectory directory = hold(name, "remove");
            try {
                abandoned.putAway(directory);
                return directory;
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        }
    }

    /**
     * Removes what trials left behind that were killed, and says how many.
     *
     * @param warnings takes a sentence for each that cannot be removed now
     */
    public int removeAbandoned(Consumer<String> warnings) throws IOException {
        return stored.removeAbandoned(warnings);
    }

    Access access(Engine wanted) throws IOException {
        return AccessLadder.choose(wanted, remembered());
    }

    RememberedEngine remembered() {
        return stored.remembered();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.Image;
import io.jlayer.oci.JsonObject;
import io.jlayer.overlay.HostCommand;
import io.jlayer.overlay.Ownership;
import io.jlayer.overlay.ProgramWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One trial that a {@link ContainerEngine} runs, from loading the image to removing the container. */
final class EngineTrial {

    /** What the engines' own programs end with when they could not make a container. */
    private static final int NOT_MADE = 125;

    /** What podman's conmon leaves where it was started, when the kernel ended the program for its memory. */
    private static final String OOM = "oom";

    /** Variables that name files, perhaps from where Maven runs. */
    private static final List<String> PLACES = List.of(
            "CONTAINERS_CONF",
            "CONTAINERS_STORAGE_CONF",
            "CONTAINERS_REGISTRIES_CONF",
            "REGISTRY_AUTH_FILE",
            "DOCKER_CONFIG");

    private final Trials trials;
    private final ContainerEngine engine;
    private final Image image;
    private final TrialSpec spec;
    private final Streams streams;
    private final List<String> warnings = new ArrayList<>();

    EngineTrial(Trials trials, ContainerEngine engine, Image image, TrialSpec spec, Streams streams) {
        this.trials = trials;
        this.engine = engine;
        this.image = image;
        this.spec = spec;
        this.streams = streams;
    }

    TrialResult run() throws IOException {
        if (spec.isKept()) {
            throw new TrialException(
                    "run a trial by " + engine.name() + ": it cannot keep a writable layer or go on with one",
                    "engine",
                    "make an image of it instead, by -Djlayer.try.commit=NAME, and try that");
        }
        // Files of this machine are the user's; those of the image are the engine's business.
        Ownership ownership = new Ownership.Flat();
        try (TrialEnd end = new TrialEnd();
                TrialDirectory directory = trials.begin(spec, ownership, engine.name(), warnings::add)) {
            String container = "jlayer-" + directory.name();
            try {
                directory.writeOnRemoval(engine.remove(container));
                trials.record(directory, record());
                return run(engine.load(image), container, directory, end);
            } finally {
                trials.end(directory, ownership);
            }
        }
    }

    private JsonObject record() throws IOException {
        return JsonObject.EMPTY
                .with("created", System.currentTimeMillis())
                .with("pid", ProcessHandle.current().pid())
                .with("kept", false)
                .with("ownership", engine.name())
                .with("command", spec.command())
                .with("digests", Trial.digests(image))
                .with(Trials.UNLOAD, engine.unload(image))
                .with(
                        "diffIds",
                        image.config().diffIds().stream().map(Object::toString).toList());
    }

    private TrialResult run(String reference, String container, TrialDirectory directory, TrialEnd end)
            throws IOException {
        ContainerEngine.Start start =
                engine.run(image, reference, container, spec, streams.terminal(), directory.path());
        return DeathWatch.during(engine.remove(container), () -> {
            TrialProcess running = TrialProcess.of(
                    start(start, directory.path()),
                    signal -> send(container, signal),
                    StopSignal.of(image),
                    spec.stopTime());
            end.stops(running);
            TrialWatch watch = new TrialWatch(running, spec, streams, warnings);
            int exitCode = watch.waitFor();
            if (exitCode == NOT_MADE && running.ending() == TrialResult.Ending.EXITED) {
                throw new TrialException(
                        "run a trial: " + engine.name() + " itself failed, not the program",
                        "engine",
                        "see what " + engine.name() + " says above, or choose another way by -Djlayer.try.engine");
            }
            Optional<BlobStore> layers = spec.commit() ? Optional.of(trials.blobs()) : Optional.empty();
            ContainerEngine.Written written = engine.written(image, container, layers);
            warnings.addAll(written.warnings());
            Trial.warnOfUnsayable(spec, written.changes(), warnings);
            return new TrialResult(
                    exitCode,
                    ending(exitCode, running, container, directory),
                    watch.refusal(),
                    written.changes(),
                    written.layer(),
                    List.copyOf(warnings));
        });
    }

    private TrialResult.Ending ending(int exitCode, TrialProcess running, String container, TrialDirectory directory)
            throws IOException {
        boolean itself = running.ending() == TrialResult.Ending.EXITED;
        return itself && exitCode == Trial.KILLED && (directory.has(OOM) || engine.outOfMemory(container))
                ? TrialResult.Ending.OUT_OF_MEMORY
                : running.ending();
    }

    /**
     * With this user's whole environment, since that tells where the engine is; so it starts where its other commands do,
     * unless it would leave notes there. None of the image's environment is in it, and
     * of the trial's only what is nothing to the engine's program.
     */
    private Process start(ContainerEngine.Start start, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(ProgramWords.ascii(start.command())));
        builder.environment().putAll(start.environment());
        if (engine.leavesNotes()) {
            builder.directory(directory.toFile());
            for (String name : PLACES) {
                builder.environment().computeIfPresent(name, (key, place) -> absolute(place));
            }
        }
        if (streams instanceof Streams.Inherited) {
            builder.inheritIO();
        } else if (((Streams.Given) streams).in().isEmpty()) {
            builder.redirectInput(HostCommand.NOTHING);
        }
        return builder.start();
    }

    private static String absolute(String place) {
        return place.isEmpty() ? place : Path.of(place).toAbsolutePath().toString();
    }

    private boolean send(String container, String signal) {
        try {
            HostCommand.runAsUser(engine.signal(container, signal));
            return true;
        } catch (IOException e) {
            return false; // it has just ended
        }
    }
}

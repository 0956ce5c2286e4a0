// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.BlobStore;
import io.jlayer.blob.Store;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.image.RootTree;
import io.jlayer.layer.Layer;
import io.jlayer.layout.DockerArchiveTar;
import io.jlayer.oci.Format;
import io.jlayer.overlay.HostCommand;
import io.jlayer.trial.ContainerEngine;
import io.jlayer.trial.Network;
import io.jlayer.trial.TrialSpec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Docker, or podman, whose command line is the same. Where the engine is, its program knows by itself, see
 * {@link EnginePlace}.
 *
 * <p>A loaded image is {@code localhost/jlayer-trial:ID} there, until {@link #unload}.
 */
public final class DockerEngine implements ContainerEngine {

    private final EngineProgram program;
    private final Store store;
    private final Path temporary;

    /**
     * An engine by its command-line program.
     *
     * @param name of the program on the PATH, or its absolute path
     * @param store where the image's layers are, and what containers wrote is for a while
     */
    public DockerEngine(String name, Store store) {
        this.program = new EngineProgram(name);
        this.store = store;
        this.temporary = store.root().resolve("tmp");
    }

    /** Docker and podman, in this order. */
    public static List<ContainerEngine> all(Store store) {
        return List.of(new DockerEngine("docker", store), new DockerEngine("podman", store));
    }

    @Override
    public String name() {
        return program.name();
    }

    @Override
    public void check() throws IOException {
        program.ask("version");
    }

    private List<String> command(String... words) {
        return program.command(words);
    }

    @Override
    public String load(Image image) throws IOException {
        ImageDocuments documents = ImageDocuments.of(List.of(image), Format.OCI);
        String reference = reference(documents);
        if (isThere(reference)) {
            return reference;
        }
        DockerArchiveTar archive = new DockerArchiveTar(documents, List.of(reference), store.blobs());
        try {
            HostCommand.feedAsUser(command("load"), out -> archive.write(out, 0));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("load the image into " + name() + ": " + e.getMessage(), e);
        }
        return reference;
    }

    private static String reference(ImageDocuments documents) {
        return "localhost/jlayer-trial:"
                + documents.platforms().get(0).manifest().config().digest().shortHex();
    }

    @Override
    public List<String> unload(Image image) throws IOException {
        return command("image", "rm", reference(ImageDocuments.of(List.of(image), Format.OCI)));
    }

    private boolean isThere(String reference) throws IOException {
        return program.tryAsk("image", "inspect", reference).isPresent();
    }

    @Override
    public Start run(Image image, String reference, String container, TrialSpec spec, boolean terminal, Path directory)
            throws IOException {
        List<String> words = new ArrayList<>(command("run", "--name", container, "--hostname", hostName(container)));
        words.addAll(new RunOptions(image, spec, spec.network() == Network.HOST && isElsewhere()).words());
        PassedVariables variables = PassedVariables.of(spec.environment(), directory);
        words.addAll(variables.words());
        words.add("--interactive");
        if (terminal) {
            words.add("--tty");
        }
        return new Start(RunOptions.withCommand(words, reference, spec), variables.environment());
    }

    private static String hostName(String container) {
        return container.substring(container.indexOf('-') + 1);
    }

    /** Whether this machine's own network is not the engine's. */
    private boolean isElsewhere() throws InterruptedIOException {
        EnginePlace place = new EnginePlace(program::ask, System.getenv());
        return !System.getProperty("os.name").equals("Linux") || place.isElsewhere();
    }

    @Override
    public List<String> signal(String container, String signal) {
        return command("kill", "--signal", signal, container);
    }

    @Override
    public List<String> remove(String container) {
        return command("rm", "--force", "--volumes", container);
    }

    /** Podman's monitor tells by a file that there was not enough memory. */
    @Override
    public boolean leavesNotes() {
        return name().equals("podman");
    }

    @Override
    public boolean outOfMemory(String container) throws IOException {
        try {
            return HostCommand.runAsUser(command("container", "inspect", "--format", "{{.State.OOMKilled}}", container))
                    .strip()
                    .equals("true");
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Written written(Image image, String container, Optional<BlobStore> layers) throws IOException {
        Diff listed = Diff.parse(HostCommand.runAsUser(command("diff", container)));
        Path directory = Files.createTempDirectory(Files.createDirectories(temporary), "export");
        try (Export export = new Export(command("export", container), directory)) {
            Diff own = listed;
            if (!listed.isEmpty()) {
                export.read(listed.kinds().keySet(), layers.isPresent());
                own = listed.own(export.entries(), RootTree.of(image.lowestFirst(), store));
            }
            Optional<Layer> layer =
                    layers.isPresent() ? Optional.of(export.layer(own, layers.get())) : Optional.empty();
            return new Written(export.changes(own), layer, listed.warnings(name()));
        }
    }
}

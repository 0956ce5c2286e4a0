// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.layout.DockerArchiveTar;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The images of docker, podman or nerdctl, whose command lines are alike.
 *
 * <p>Docker's own stores keep layers by what lies below them, and take an archive that lacks what they have; so only what is
 * new is sent there. Podman and containerd want all of it.
 */
public final class DockerImages implements EngineImages {

    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(/tcp|/udp)?");
    private static final String LIBRARY = "library/";

    private final EngineProgram program;
    private final EngineKind kind;
    private final BlobStore store;

    /**
     * Those of an engine.
     *
     * @param program its name on the PATH, or its absolute path
     * @param store where the layers of images are
     */
    public DockerImages(String program, BlobStore store) {
        this.program = new EngineProgram(program);
        this.kind = new EngineKind(this.program);
        this.store = store;
    }

    @Override
    public String name() {
        return program.name();
    }

    @Override
    public Platform platform() throws IOException {
        String answer = program.ask(
                        "info", "--format", kind.isPodman() ? "{{.Version.OsArch}}" : "{{.OSType}}/{{.Architecture}}")
                .strip();
        if (answer.startsWith("/") || answer.endsWith("/") || answer.isEmpty()) {
            throw new IOException("it does not answer"); // docker's program ends well though nobody answers it
        }
        try {
            return Platform.parse(answer);
        } catch (IllegalArgumentException e) {
            return Platform.HOST; // it answers, in words of its own
        }
    }

    @Override
    public String nameOf(ImageRef image, boolean inRegistry) throws InterruptedIOException {
        boolean dockers = image.registry().equals(ImageRef.DEFAULT_REGISTRY);
        if (!dockers || (kind.isPodman() && inRegistry)) {
            return image.toString();
        }
        String full = image.toString().substring(ImageRef.DEFAULT_REGISTRY.length() + 1);
        String familiar = full.startsWith(LIBRARY) ? full.substring(LIBRARY.length()) : full;
        return kind.isPodman() ? "localhost/" + familiar : familiar;
    }

    @Override
    public Loaded load(ImageDocuments image, List<String> names) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            if (!isThere(image, name)) {
                missing.add(name);
            }
        }
        if (missing.isEmpty()) {
            return new Loaded(true, 0);
        }
        String id = image.platforms().get(0).manifest().config().digest().toString();
        if (!isContainerd() && isThere(image, id)) {
            for (String name : missing) {
                program.ask("tag", id, name);
            }
            return new Loaded(false, 0);
        }
        return new Loaded(false, send(image, names));
    }

    /** Engines know an image by its config's digest, or containerd's by its manifest's. */
    private boolean isThere(ImageDocuments image, String name) throws InterruptedIOException {
        Optional<String> id = program.tryAsk("image", "inspect", "--format", "{{.Id}}", name);
        String hex = id.map(text -> text.substring(text.indexOf(':') + 1)).orElse("");
        return image.documents().stream()
                .anyMatch(document -> document.descriptor().digest().hex().equals(hex));
    }

    private boolean isContainerd() throws InterruptedIOException {
        return kind.isNerdctl()
                || (!kind.isPodman()
                        && program.tryAsk("info", "--format", "{{.DriverStatus}}")
                                .orElse("")
                                .contains("containerd.snapshotter"));
    }

    private long send(ImageDocuments image, List<String> names) throws IOException {
        if (isContainerd()) {
            List<String> full = new ArrayList<>();
            names.forEach(name -> full.add(ImageRef.parse(name).toString()));
            DockerArchiveTar archive = new DockerArchiveTar(image, full, store);
            return Sending.to(program.command("load"), archive::writeWithLayout);
        }
        DockerArchiveTar archive = new DockerArchiveTar(image, names, store);
        int held = kind.isPodman()
                ? 0
                : new HeldLayers(program).of(image.platforms().get(0).image());
        try {
            return Sending.to(program.command("load"), out -> archive.write(out, held));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            if (held == 0) {
                throw e;
            }
            // What it had may just have gone, or it is not as docker's stores are.
            return Sending.to(program.command("load"), out -> archive.write(out, 0));
        }
    }

    @Override
    public List<String> run(Image image, String name) {
        List<String> words = new ArrayList<>(List.of(program.name(), "run", "--rm"));
        Optional<JsonObject> ports = image.config().execution().object("ExposedPorts");
        for (String port : ports.orElse(JsonObject.EMPTY).members().keySet()) {
            var matcher = PORT.matcher(port);
            if (matcher.matches()) {
                words.addAll(List.of("-p", matcher.group(1) + ":" + port));
            }
        }
        words.add(name);
        return words;
    }
}

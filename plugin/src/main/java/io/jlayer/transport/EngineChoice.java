// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.blob.BlobStore;
import io.jlayer.engine.ContainerdImages;
import io.jlayer.engine.DockerImages;
import io.jlayer.engine.EngineImages;
import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** Which engine takes an image. */
public final class EngineChoice {

    private static final String WHERE = "<load><engine>, or -Djlayer.load.engine";
    private static final List<String> NAMES = List.of("docker", "podman", "containerd");

    private EngineChoice() {}

    /** The engine that a transport means. */
    static EngineImages of(TransportName name, BlobStore store) {
        return new DockerImages(name.engine(), store);
    }

    /**
     * The first that answers of those that {@code engine} means; of docker and podman if it is empty.
     *
     * @throws UserError if none answers, with the reason of each
     * @throws InterruptedIOException if this thread was interrupted while one was asked
     */
    public static EngineImages named(String engine, BlobStore store) throws InterruptedIOException {
        List<EngineImages> candidates =
                switch (engine) {
                    case "" -> List.of(new DockerImages("docker", store), new DockerImages("podman", store));
                    case "docker", "podman" -> List.of(new DockerImages(engine, store));
                    case "containerd" ->
                        List.of(new DockerImages("nerdctl", store), new ContainerdImages("ctr", store));
                    default ->
                        throw new UserError(
                                "there is no engine '" + engine + "'",
                                WHERE,
                                Nearest.suggest(engine, NAMES)
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("write one of " + String.join(", ", NAMES) + ", or leave it out"));
                };
        return answering(candidates, remedy(engine));
    }

    /** Each engine is found in a way of its own. */
    private static String remedy(String engine) {
        String start =
                switch (engine) {
                    case "docker" -> "start docker, or name the one that is meant by DOCKER_HOST or a context";
                    case "podman" ->
                        "install podman, or see why it does not answer: podman info; one that is elsewhere is named by"
                                + " CONTAINER_HOST or a connection";
                    case "containerd" ->
                        "start containerd, install nerdctl or ctr, and run Maven as a user who may use containerd's"
                                + " socket, most often root; CONTAINERD_ADDRESS names another socket";
                    default ->
                        "start one of them, or name the one that is meant by DOCKER_HOST or a context, or podman's by"
                                + " CONTAINER_HOST or a connection";
                };
        return start + "; or make a file that can be loaded elsewhere: mvn jlayer:save -Djlayer.save.file=app.tar";
    }

    private static EngineImages answering(List<EngineImages> candidates, String remedy) throws InterruptedIOException {
        List<String> reasons = new ArrayList<>();
        for (EngineImages candidate : candidates) {
            try {
                candidate.platform();
                return candidate;
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                reasons.add("\n  " + candidate.name() + ": " + ProgramText.plain(e.getMessage()));
            }
        }
        throw new UserError(
                "no engine answers that could take the image:" + String.join("", reasons) + "\n ", WHERE, remedy);
    }
}

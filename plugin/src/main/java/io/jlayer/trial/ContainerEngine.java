// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.Image;
import io.jlayer.layer.Layer;
import io.jlayer.overlay.Changes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Another program that runs containers, such as docker, for machines that give a trial no namespaces. Containers are called
 * by a name that no other has.
 */
public interface ContainerEngine {

    /** What the program is called. */
    String name();

    /** Whether it leaves notes of its own where it is started. */
    boolean leavesNotes();

    /**
     * Sees that it answers.
     *
     * @throws IOException with the reason if it does not
     */
    void check() throws IOException;

    /** Makes the image known to it, and gives the name by which it knows it. */
    String load(Image image) throws IOException;

    /** The command that has it forget the image, unless a container is made of it. */
    List<String> unload(Image image) throws IOException;

    /**
     * The command that makes a container and runs it to its end; its status is the program's.
     *
     * @param reference the image, as {@link #load} named it
     * @param terminal whether the program is to have one
     * @param directory the trial's own, for what the command is to read
     * @throws IOException if the spec asks for what it cannot do
     */
    Start run(Image image, String reference, String container, TrialSpec spec, boolean terminal, Path directory)
            throws IOException;

    /**
     * What is started.
     *
     * @param command no secret is in it: every user of the machine can read it
     * @param environment of the command, besides this process' own
     */
    record Start(List<String> command, SortedMap<String, String> environment) {}

    /** The command that sends the program in a container a signal, as {@code TERM}. */
    List<String> signal(String container, String signal);

    /** The command that ends a container, if it runs, and removes it with all that it wrote. */
    List<String> remove(String container);

    /**
     * Whether the kernel ended a container's program, since it used too much memory; false if that is not known.
     *
     * @throws IOException if this thread was interrupted
     */
    boolean outOfMemory(String container) throws IOException;

    /**
     * What the program wrote in a container that has ended.
     *
     * @param image what it was made of
     * @param layers where it is to go as a layer too; empty if it is not
     */
    Written written(Image image, String container, Optional<BlobStore> layers) throws IOException;

    /**
     * What a program wrote.
     *
     * @param layer the same as a layer, if that was asked for
     * @param warnings what is not in it, in sentences
     */
    record Written(Changes changes, Optional<Layer> layer, List<String> warnings) {}
}

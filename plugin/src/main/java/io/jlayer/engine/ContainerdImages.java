// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.blob.BlobStore;
import io.jlayer.image.Image;
import io.jlayer.image.ImageDocuments;
import io.jlayer.layout.DockerArchiveTar;
import io.jlayer.oci.ImageRef;
import io.jlayer.oci.Platform;
import java.io.IOException;
import java.util.List;

/** The images of containerd itself, by its own program {@code ctr}, in the namespace that {@code CONTAINERD_NAMESPACE} says. */
public final class ContainerdImages implements EngineImages {

    private final EngineProgram program;
    private final BlobStore store;

    /**
     * Those of a containerd.
     *
     * @param program the name of {@code ctr} on the PATH, or its absolute path
     * @param store where the layers of images are
     */
    public ContainerdImages(String program, BlobStore store) {
        this.program = new EngineProgram(program);
        this.store = store;
    }

    @Override
    public String name() {
        return program.name();
    }

    /** It is reached by a socket, so it is on this machine. */
    @Override
    public Platform platform() throws IOException {
        program.ask("version");
        return Platform.HOST;
    }

    @Override
    public String nameOf(ImageRef image, boolean inRegistry) {
        return image.toString();
    }

    @Override
    public Loaded load(ImageDocuments image, List<String> names) throws IOException {
        String digest = image.root().digest().toString();
        boolean wasThere = true;
        for (String name : names) {
            wasThere &=
                    program.tryAsk("images", "ls", "name==" + name).orElse("").contains(digest);
        }
        DockerArchiveTar archive = new DockerArchiveTar(image, names, store);
        return wasThere
                ? new Loaded(true, 0)
                : new Loaded(false, Sending.to(program.command("images", "import", "-"), archive::writeWithLayout));
    }

    @Override
    public List<String> run(Image image, String name) {
        String container = name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf(':'));
        return List.of(program.name(), "run", "--rm", "--net-host", name, container);
    }
}

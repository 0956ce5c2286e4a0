// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.image.Image;
import io.jlayer.oci.DiffId;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How much of an image docker has: the same lowest layers, in the same order, as another image there.
 *
 * @param program docker's
 */
record HeldLayers(EngineProgram program) {

    /** The newest; all of them would be too much for one command line. */
    private static final int MOST_IMAGES = 200;

    /** The number of lowest layers that any of its images shares; 0 if it does not say. */
    int of(Image image) throws InterruptedIOException {
        Optional<String> ids = program.tryAsk("image", "ls", "--quiet", "--no-trunc");
        Set<String> newest = new LinkedHashSet<>();
        for (String id : ids.orElse("").split("\\s+", -1)) {
            if (!id.isEmpty() && newest.size() < MOST_IMAGES) {
                newest.add(id);
            }
        }
        if (newest.isEmpty()) {
            return 0;
        }
        List<String> words =
                new ArrayList<>(List.of("image", "inspect", "--format", "{{range .RootFS.Layers}}{{.}} {{end}}"));
        words.addAll(newest);
        int most = 0;
        for (String line :
                program.tryAsk(words.toArray(new String[0])).orElse("").split("\n", -1)) {
            most = Math.max(most, shared(image.config().diffIds(), line.strip().split(" ", -1)));
        }
        return most;
    }

    private static int shared(List<DiffId> ours, String[] theirs) {
        int shared = 0;
        while (shared < ours.size()
                && shared < theirs.length
                && ours.get(shared).toString().equals(theirs[shared])) {
            shared++;
        }
        return shared;
    }
}

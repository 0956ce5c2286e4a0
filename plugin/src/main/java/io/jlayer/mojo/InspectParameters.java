// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.UserError;
import java.io.File;
import java.util.stream.Stream;

/** {@code <inspect>}: what is shown of an image. */
public final class InspectParameters {

    /** A layer whose entries are listed: its number, from 1 for the lowest, or its digest or name, or how that begins. */
    public String layer;

    /** What a container sees at this path is listed. */
    public String path;

    /** A file whose text is shown, as a container sees it. */
    String file;

    /** Where that file is written to instead. */
    public File save;

    /** Where the page goes. Default: {@code target/jlayer/inspect.html}, without a project {@code jlayer-inspect.html}. */
    File html;

    /**
     * @throws UserError if it says two things at once
     */
    void check() {
        long questions =
                Stream.of(layer, path, file).filter(asked -> asked != null).count();
        if (questions > 1) {
            throw new UserError(
                    "<layer>, <path> and <file> cannot be shown at once", "<inspect>", "ask for one of them");
        }
        OutputFile.check(html, "<inspect><html>, or -Djlayer.inspect.html");
        OutputFile.check(save, "<inspect><save>, or -Djlayer.inspect.save");
        if (save != null && file == null) {
            throw new UserError(
                    "nothing is said that is to be saved",
                    "<inspect><save>",
                    "name a file of the image: -Djlayer.inspect.file=/etc/os-release");
        }
    }

    /** Whether one thing is asked for, and not the whole image. */
    boolean asks() {
        return layer != null || path != null || file != null;
    }
}

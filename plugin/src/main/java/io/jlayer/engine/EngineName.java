// SPDX-License-Identifier: Apache-2.0
package io.jlayer.engine;

import io.jlayer.oci.Digest;
import io.jlayer.oci.ImageRef;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engine is asked for: a name, with a tag or a digest or neither, or an image's id or the beginning of one. Which
 * it is where both can be, the engine says. It can be no option of a program.
 *
 * @param text as the user wrote it
 */
public record EngineName(String text) {

    private static final Pattern ID = Pattern.compile("(?:sha256:)?([0-9a-f]{1,64})");
    private static final int WHOLE = 64;

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if no engine has such names
     */
    public EngineName {
        if (!ID.matcher(text).matches()) {
            ImageRef.parse(text);
            if (!text.equals(text.strip())) {
                throw new IllegalArgumentException("'" + text + "' begins or ends with a space");
            }
        }
    }

    /** The id, if it is one as a whole. */
    Optional<Digest> id() {
        Matcher id = ID.matcher(text);
        return id.matches() && id.group(1).length() == WHOLE
                ? Optional.of(Digest.of("sha256", id.group(1)))
                : Optional.empty();
    }

    /** Whether it is the beginning of an id, and says so. */
    boolean isBeginningOfId() {
        return text.startsWith("sha256:") && id().isEmpty();
    }

    /** Whether it is an id, or says that it is the beginning of one. */
    public boolean isId() {
        return isBeginningOfId() || id().isPresent();
    }

    /** Whether it names the same image for ever. */
    public boolean isPinned() {
        return id().isPresent() || text.indexOf('@') >= 0;
    }
}

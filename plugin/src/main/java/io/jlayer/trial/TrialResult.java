// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import io.jlayer.layer.Layer;
import io.jlayer.overlay.Changes;
import java.util.List;
import java.util.Optional;

/**
 * How a trial ended.
 *
 * @param exitCode the program's; 128 and the signal's number if one ended it
 * @param ending why it ended
 * @param refusal what the probe was answered last if that did not do, as {@code status 404}; empty if nothing answered
 * @param changes what it wrote
 * @param layer the writable layer as a layer of an image, if that was asked for
 * @param warnings what was not as one may have expected, in sentences
 */
public record TrialResult(
        int exitCode, Ending ending, String refusal, Changes changes, Optional<Layer> layer, List<String> warnings) {

    /** Why a trial ended. */
    public enum Ending {
        /** The program ended. */
        EXITED,
        /** The kernel ended the program, since it took more memory than it was given. */
        OUT_OF_MEMORY,
        /** The program was ready, as asked, and was stopped then. */
        READY,
        /** Its time was over. */
        TIMED_OUT,
        /** This process was told to end. */
        STOPPED
    }
}

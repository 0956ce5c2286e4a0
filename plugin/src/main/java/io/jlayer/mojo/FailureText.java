// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.build.Reason;
import java.io.IOException;

/** What is told of a failure that is nobody's mistake: what happened to which file, and what may help. */
final class FailureText {

    private FailureText() {}

    static String of(IOException failure) {
        String text = Reason.of(failure);
        if (Reason.isFullDisk(failure)) {
            return text
                    + "\n  To fix: free some space, or put the store on another disk by -Djlayer.store=DIRECTORY;"
                    + " nothing half-written was left behind";
        }
        String forbidden = Reason.forbiddenFile(failure);
        return forbidden.isEmpty()
                ? text
                : text + "\n  To fix: let the user that runs Maven read and write " + forbidden;
    }
}

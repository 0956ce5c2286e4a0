// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.image.VisibleText;
import io.jlayer.trial.TrialException;
import java.io.IOException;
import java.nio.file.Path;

/** What is told of a failure that is nobody's mistake: what happened to which file, and what may help. */
final class FailureText {

    private FailureText() {}

    /** The same words as for every other mistake of a user's. */
    static String of(TrialException failure) {
        String setting = failure.setting();
        String where =
                switch (setting) {
                    case "" -> "";
                    case "remove" -> "-Djlayer.remove";
                    default -> "<try><" + setting + ">, or -Djlayer.try." + setting;
                };
        return new UserError(failure.what(), where, failure.remedy()).getMessage();
    }

    /** Whether all that it and its causes say can be shown as it is. */
    static boolean isVisible(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = at.getMessage();
            if (message != null && !VisibleText.ofLines(message).equals(message)) {
                return false;
            }
        }
        return true;
    }

    /** The error of a disk that is full; {@code store} is where the store is. */
    static UserError ofFullDisk(IOException failure, Path store) {
        return new UserError(
                Reason.of(failure),
                "the store is " + store,
                "free some space on the disk that is full; if the store lies on it, mvn jlayer:prune removes what it has"
                        + " for nobody any more, and -Djlayer.store=DIRECTORY names another place; nothing half-written was"
                        + " left behind",
                failure);
    }

    static String of(IOException failure) {
        String text = VisibleText.ofLines(Reason.of(failure));
        String forbidden = Reason.forbiddenFile(failure);
        if (!forbidden.isEmpty()) {
            return text + "\n  To fix: let the user that runs Maven read and write " + forbidden;
        }
        return Reason.isInTheWay(failure)
                ? text + "\n  To fix: move away what is there; below target, mvn clean removes it"
                : text;
    }
}

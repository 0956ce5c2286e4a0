// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.http.Events;
import org.apache.maven.plugin.Mojo;

/**
 * What the network did, in Maven's log.
 *
 * @param goal whose log it is, which may change on the way
 */
record LoggedEvents(Mojo goal) implements Events {

    @Override
    public void debug(String line) {
        goal.getLog().debug(line);
    }

    @Override
    public void info(String line) {
        goal.getLog().info(line);
    }
}

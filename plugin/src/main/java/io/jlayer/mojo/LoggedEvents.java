// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.registry.Events;
import org.apache.maven.plugin.logging.Log;

/**
 * What the network did, in Maven's log.
 *
 * @param log where it goes
 */
record LoggedEvents(Log log) implements Events {

    @Override
    public void debug(String line) {
        log.debug(line);
    }

    @Override
    public void info(String line) {
        log.info(line);
    }
}

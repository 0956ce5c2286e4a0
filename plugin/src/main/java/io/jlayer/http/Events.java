// SPDX-License-Identifier: Apache-2.0
package io.jlayer.http;

/** Who wants to hear how it goes. Lines hold no secrets. Called from many threads. */
public interface Events {

    /** Hears nothing. */
    Events NONE = new Events() {
        @Override
        public void debug(String line) {}

        @Override
        public void info(String line) {}
    };

    /** What only somebody who looks for a fault wants to know. */
    void debug(String line);

    /** What everybody wants to know. */
    void info(String line);
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.credential;

/** Says that a program could not be run to its end. */
final class ProgramException extends Exception {

    private static final long serialVersionUID = 1L;

    ProgramException(String message) {
        super(message);
    }
}

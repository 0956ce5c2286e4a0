// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import java.io.InterruptedIOException;

/**
 * How work ends that somebody cancelled: always by {@link InterruptedIOException}, so that nobody takes it for a failure to
 * be gone round by another way, and with the thread's interrupt flag set, so that whoever waits next ends too.
 */
public final class Interruption {

    private Interruption() {}

    /**
     * Sets the flag of this thread, and gives what is to be thrown.
     *
     * @param cause what told of it
     */
    public static InterruptedIOException of(Throwable cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interruption = new InterruptedIOException("interrupted");
        interruption.initCause(cause);
        return interruption;
    }

    /**
     * The same.
     *
     * @param work what was being done, as {@code run tar}
     */
    public static InterruptedIOException of(String work, Throwable cause) {
        InterruptedIOException interruption = new InterruptedIOException(work + ": interrupted");
        Thread.currentThread().interrupt();
        interruption.initCause(cause);
        return interruption;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** Something that goes wrong. */
public interface Fault {

    /** Answers instead of the registry, or spoils what it answers. */
    void strike(FakeRequest request, FakeAnswer answer, Service service) throws IOException;

    /** What would have happened. */
    interface Service {
        void serve() throws IOException;
    }

    static Fault status(int status) {
        return (request, answer, service) -> answer.send(status, new byte[0]);
    }

    static Fault refusal(int status, String code) {
        return (request, answer, service) -> answer.refuse(status, code);
    }

    static Fault status(int status, String header, String value) {
        return (request, answer, service) -> {
            answer.header(header, value);
            answer.send(status, new byte[0]);
        };
    }

    /** The connection ends without an answer, and nothing was done. */
    static Fault reset() {
        return (request, answer, service) -> {};
    }

    /** It was done, but nobody is told. */
    static Fault answerLost() {
        return (request, answer, service) -> {
            answer.cutAfter(0);
            service.serve();
            throw new IOException("lost");
        };
    }

    /** The answer's body breaks off. */
    static Fault cutAfter(int bytes) {
        return (request, answer, service) -> {
            answer.cutAfter(bytes);
            service.serve();
        };
    }

    /** The answer's body comes byte by byte, with pauses. */
    static Fault trickle(int millis) {
        return (request, answer, service) -> {
            answer.trickle(millis);
            service.serve();
        };
    }

    /** Nothing comes until the latch is down. */
    static Fault stallUntil(CountDownLatch latch) {
        return (request, answer, service) -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        };
    }

    /** Some bytes come, and then nothing until the latch is down. */
    static Fault stallAfter(int bytes, CountDownLatch latch) {
        return (request, answer, service) -> {
            answer.cutAfter(bytes);
            service.serve();
            stallUntil(latch).strike(request, answer, service);
        };
    }
}

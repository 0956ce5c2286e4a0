// SPDX-License-Identifier: Apache-2.0
package io.jlayer.registry;

import io.jlayer.http.Answer;
import io.jlayer.http.Call;
import io.jlayer.http.ErrorText;
import io.jlayer.http.FinalException;
import io.jlayer.http.RefusalException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.List;

/** Sends what is to be done in one repository, proves who asks, tries again, and gives only answers that were hoped for. */
final class Exchange {

    private final Authorizer authorizer;
    private final Access access;
    private final Retries retries;
    private final int attempts;
    private final Clock clock;

    Exchange(Authorizer authorizer, Access access, Retries retries, int attempts, Clock clock) {
        this.authorizer = authorizer;
        this.access = access;
        this.retries = retries;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Sends a call, several times if need be.
     *
     * @param what is being done, for messages
     * @param hopedFor the statuses that are no failure
     * @throws RefusalException if the answer is another
     */
    Answer send(String what, Call call, List<Integer> hopedFor) throws IOException {
        return retries.run(attempts, () -> once(what, call, hopedFor));
    }

    /** As {@link #send}, but tries only once. */
    Answer once(String what, Call call, List<Integer> hopedFor) throws IOException {
        Answer answer;
        try {
            answer = authorizer.send(call, access);
        } catch (RefusalException e) {
            throw toldWhatWasShown(e.saying(what + ": " + e.getMessage()));
        } catch (FinalException e) {
            throw new FinalException(what + ": " + e.getMessage(), e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(what + ": " + e.getMessage(), e);
        }
        if (!hopedFor.contains(answer.status())) {
            throw toldWhatWasShown(ErrorText.refusal(what, answer.remembered(), clock));
        }
        return answer;
    }

    /** Of a refusal for who asks: what its server was shown of us, if anything. */
    private RefusalException toldWhatWasShown(RefusalException refusal) throws IOException {
        if (refusal.byProxy() || (refusal.status() != 401 && refusal.status() != 403)) {
            return refusal;
        }
        try {
            String told = refusal.getMessage() + " (" + authorizer.shown(refusal, access) + ")";
            return authorizer.knowsWho(access) ? refusal.saying(told) : refusal.toNobody(told);
        } catch (IOException notToldAgain) {
            return refusal;
        }
    }

    /** Runs something that consists of more than one call until it succeeds, within the same bounds. */
    <T> T repeat(Retries.Action<T> action) throws IOException {
        return retries.run(attempts, action);
    }
}

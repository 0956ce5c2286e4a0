// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.image.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A trial in a thread of its own that is spoken with line by line. */
final class TalkingTrial {

    private final PipedOutputStream in = new PipedOutputStream();
    private final BufferedReader answers;
    private final FutureTask<TrialResult> result;

    TalkingTrial(Trials trials, Image image, TrialSpec spec) throws IOException {
        PipedOutputStream answer = new PipedOutputStream();
        answers = new BufferedReader(new InputStreamReader(new PipedInputStream(answer), UTF_8));
        Streams streams = new Streams.Given(Optional.of(new PipedInputStream(in)), answer, answer);
        result = new FutureTask<>(() -> {
            try (answer) {
                return trials.run(image, spec, streams);
            }
        });
        new Thread(result).start();
    }

    /** Gives the answer; what went wrong if there is none any more. */
    String say(String line) throws IOException, InterruptedException, ExecutionException {
        in.write((line + "\n").getBytes(UTF_8));
        in.flush();
        String answer = answers.readLine();
        return answer == null ? result().toString() : answer;
    }

    TrialResult result() throws InterruptedException, ExecutionException {
        return result.get();
    }
}

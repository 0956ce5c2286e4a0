// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.error.UserError;
import io.jlayer.trial.TrialSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A setting that makes no sense is told with one that would. */
class TryParametersTest {

    private static void told(Consumer<TryParameters> slip, String... words) {
        TryParameters trial = new TryParameters();
        slip.accept(trial);
        assertThatThrownBy(() -> trial.toSpec(Path.of(""), "name"))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void argumentsAreWordsBehindTheImagesEntrypoint() {
        TryParameters trial = new TryParameters();
        trial.args = "serve --name 'a b'";
        TrialSpec spec = trial.toSpec(Path.of(""), "name");
        assertThat(spec.arguments()).containsExactly("serve", "--name", "a b");
        assertThat(spec.command()).isEmpty();
    }

    @Test
    void eachIsToldWithHowToWriteIt() {
        told(
                trial -> trial.volumes = List.of("data"),
                "'data' is not SOURCE:/TARGET",
                "-Djlayer.try.volumes",
                "as data:/var/lib/app");
        told(trial -> trial.memory = "much", "'much' is not a size", "-Djlayer.try.memory", "as 512m");
        told(trial -> trial.memory = "0", "'0' is too little memory", "-Djlayer.try.memory", "as 512m");
        told(trial -> trial.memory = "-1g", "'-1g' is too little memory");
        told(trial -> trial.cpus = "-1", "'-1' is no number of processors", "-Djlayer.try.cpus");
        told(trial -> trial.cpus = "NaN", "'NaN' is no number of processors");
        told(trial -> trial.cpus = "all", "'all' is no number of processors", "-Djlayer.try.cpus", "as 1.5");
        told(trial -> trial.command = "sh -c 'x", "-Djlayer.try.command", "close each quote");
        told(trial -> trial.args = "'x", "-Djlayer.try.args", "close each quote");
        told(
                trial -> {
                    trial.command = "sh";
                    trial.args = "-c x";
                },
                "a command has its arguments itself");
        told(trial -> trial.publish = List.of("web"), "-Djlayer.try.publish", "as 8081:80");
        told(trial -> trial.resume = "A B", "-Djlayer.try.resume", "that mvn jlayer:trials lists");
    }
}

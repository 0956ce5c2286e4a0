// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import io.jlayer.oci.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an engine sees whether a container is well. Docker's own member of the config; engines that do not know it pass over
 * it.
 *
 * @param command in {@code exec} form
 * @param interval between checks
 * @param timeout of one check
 * @param startPeriod in which failures do not count
 * @param retries failures in a row until it counts as ill
 */
public record Healthcheck(
        List<String> command,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<Duration> startPeriod,
        Optional<Integer> retries) {

    public JsonObject toJson() {
        JsonObject json = JsonObject.EMPTY.with(
                "Test", Stream.concat(Stream.of("CMD"), command.stream()).toList());
        json = withNanos(json, "Interval", interval);
        json = withNanos(json, "Timeout", timeout);
        json = withNanos(json, "StartPeriod", startPeriod);
        return retries.isPresent() ? json.with("Retries", retries.get()) : json;
    }

    private static JsonObject withNanos(JsonObject json, String name, Optional<Duration> duration) {
        return duration.isPresent() ? json.with(name, duration.get().toNanos()) : json;
    }
}

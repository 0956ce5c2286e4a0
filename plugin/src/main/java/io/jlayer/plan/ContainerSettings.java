// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How a container of the image is to be run, as far as the user said.
 *
 * @param mainClass found in the classes if not given
 * @param jvmFlags go before the class path
 * @param args the default arguments: the image's {@code Cmd}
 * @param entrypoint instead of {@code java …}; {@link #INHERIT} alone keeps the base's
 * @param environment added to the base's
 * @param labels added to the base's
 * @param ports {@code 8080}, {@code 8080/udp} or {@code 8000-8010}
 * @param volumes mount points
 * @param user as in {@code docker run --user}
 * @param workingDirectory where the process starts
 * @param stopSignal what ends it
 * @param healthcheck how an engine sees whether it is well
 * @param appRoot where a server of the base finds a web application
 */
public record ContainerSettings(
        Optional<String> mainClass,
        List<String> jvmFlags,
        List<String> args,
        List<String> entrypoint,
        SortedMap<String, String> environment,
        SortedMap<String, String> labels,
        List<String> ports,
        List<String> volumes,
        Optional<String> user,
        Optional<String> workingDirectory,
        Optional<String> stopSignal,
        Optional<Healthcheck> healthcheck,
        Optional<String> appRoot) {

    /** Written as the entrypoint: what the base runs stays. */
    public static final String INHERIT = "INHERIT";
}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import java.nio.file.Path;

/**
 * Where a project's files are built.
 *
 * @param directory most often {@code target}
 * @param name the project's artifactId
 */
public record ProjectOutput(Path directory, String name) {}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import java.nio.file.Path;

/**
 * What a project with packaging {@code war} made.
 *
 * @param archive the war
 * @param exploded where its files lie by themselves, as they were packed; need not exist
 */
public record WebApplication(Path archive, Path exploded) {}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.project;

import java.nio.file.Path;
import java.util.List;

/**
 * What a framework's own plugin packaged so that it starts by itself, with files that find each other by their places: a
 * Quarkus application.
 *
 * @param root what the places are told from
 * @param start the jar, or the executable, that starts it; below {@code root}
 * @param parts files and directories below {@code root} that belong to it, {@code start} among them or within
 * @param executable whether {@code start} is a program of the machine's own, and needs no Java
 */
public record Runner(Path root, Path start, List<Path> parts, boolean executable) {}

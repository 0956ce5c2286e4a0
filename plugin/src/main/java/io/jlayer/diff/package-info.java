// SPDX-License-Identifier: Apache-2.0
/**
 * Two images compared: their layers, what their configs say, and the files that a container of each would see. Knows
 * nothing of where images are, and writes no line for a terminal.
 */
package io.jlayer.diff;

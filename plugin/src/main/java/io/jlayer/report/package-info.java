// SPDX-License-Identifier: Apache-2.0
/**
 * What goals show: images, layers, changes, trials and traffic as lines on the terminal and as JSON.
 */
package io.jlayer.report;

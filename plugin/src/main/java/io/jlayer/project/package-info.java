// SPDX-License-Identifier: Apache-2.0
/**
 * What a build of Maven left, without a word of Maven: the application, its classes, jars and class path, and what is known of
 * them; packaged forms as wars, Quarkus' and native executables. Reads and remembers; knows nothing of images.
 */
package io.jlayer.project;

// SPDX-License-Identifier: Apache-2.0
/**
 * The goals: what users write in their POM or on the command line, read and handed to {@link io.jlayer.build}. The only
 * package that sees Maven; it decides nothing about images.
 */
package io.jlayer.mojo;

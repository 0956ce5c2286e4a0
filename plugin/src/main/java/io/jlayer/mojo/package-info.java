// SPDX-License-Identifier: Apache-2.0
/**
 * The goals: what users write in their POM or on the command line, read and handed to {@link io.jlayer.build}. Each goal is a
 * mojo, which is its settings, and a goal, which is what it does. Decides nothing about images.
 */
package io.jlayer.mojo;

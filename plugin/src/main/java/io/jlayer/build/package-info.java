// SPDX-License-Identifier: Apache-2.0
/**
 * From an application to an image: what an application is, how it is split into layers, the plan, the build itself, and
 * what the user is told. Everything that the goals do stands here, without a word of Maven.
 */
package io.jlayer.build;

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house.wrong.attic;

/** Is in a package that is on no floor. */
public record HomelessFixture() {}

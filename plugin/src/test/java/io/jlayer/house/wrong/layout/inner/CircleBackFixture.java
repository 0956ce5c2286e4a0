// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house.wrong.layout.inner;

import io.jlayer.house.wrong.layout.CircleFixture;

/** Sees the package that it is inside of. */
public record CircleBackFixture(CircleFixture outer) {}

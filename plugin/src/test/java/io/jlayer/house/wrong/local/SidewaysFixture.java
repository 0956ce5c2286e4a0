// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house.wrong.local;

import io.jlayer.house.wrong.layout.CircleFixture;

/** Sees a neighbour on its own floor. */
public record SidewaysFixture(CircleFixture neighbour) {}

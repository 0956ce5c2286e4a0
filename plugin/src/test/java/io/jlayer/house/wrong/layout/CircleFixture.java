// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house.wrong.layout;

import io.jlayer.house.wrong.layout.inner.CircleBackFixture;

/** Sees a package inside its own, which sees it in turn. */
public record CircleFixture(CircleBackFixture inner) {}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house.wrong.layer;

import com.fasterxml.jackson.core.JsonFactory;

/** Sees a library that has its door elsewhere. */
public record DoorFixture(JsonFactory json) {}

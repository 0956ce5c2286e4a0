// SPDX-License-Identifier: Apache-2.0
package io.jlayer.house.wrong.oci;

import io.jlayer.house.wrong.layer.DoorFixture;

/** Sees a floor above. */
public record UpwardFixture(DoorFixture above) {}

// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionedNameTest {

    @Test
    void versionsAreNoPartOfWhatALayerIs() {
        assertThat(VersionedName.withoutVersion("org.hibernate 6.6.33.Final")).isEqualTo("org.hibernate");
        assertThat(VersionedName.withoutVersion("other dependencies")).isEqualTo("other dependencies");
    }
}

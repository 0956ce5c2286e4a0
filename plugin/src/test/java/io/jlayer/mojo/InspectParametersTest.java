// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlayer.error.UserError;
import java.io.File;
import org.junit.jupiter.api.Test;

class InspectParametersTest {

    @Test
    void twoQuestionsAtOnceAreRefused() {
        InspectParameters asked = new InspectParameters();
        asked.layer = "1";
        asked.path = "/";
        assertThatThrownBy(asked::check).isInstanceOf(UserError.class).hasMessageContaining("ask for one of them");
        asked.path = null;
        asked.save = new File("x");
        assertThatThrownBy(asked::check).hasMessageContaining("-Djlayer.inspect.file=");
    }
}

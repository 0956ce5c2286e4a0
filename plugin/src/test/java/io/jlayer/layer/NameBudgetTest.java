// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class NameBudgetTest {

    @Test
    void manyEntriesAndLongNamesBothUseItUp() throws IOException {
        NameBudget many = new NameBudget(1_600);
        many.take(1);
        many.take(1);
        many.take(1);
        assertThatIOException().isThrownBy(() -> many.take(1)).withMessageContaining("4 files and more");
        NameBudget one = new NameBudget(1_600);
        assertThatIOException().isThrownBy(() -> one.take(600)).withMessageContaining("MAVEN_OPTS");
    }
}

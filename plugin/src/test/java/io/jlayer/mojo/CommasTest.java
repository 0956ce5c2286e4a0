// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommasTest {

    @Test
    void spacesAndEmptyItemsDoNotCount() {
        assertThat(Commas.split(" a , b,,c ,")).containsExactly("a", "b", "c");
        assertThat(Commas.split("")).isEmpty();
        assertThat(Commas.split(" , ")).isEmpty();
    }

    @Test
    void appendingLeavesTheListAlone() {
        List<String> list = List.of("a");
        assertThat(Commas.append(list, "b")).containsExactly("a", "b");
        assertThat(list).hasSize(1);
    }
}
